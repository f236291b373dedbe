//! Shares with intervals; years and groups compared.
