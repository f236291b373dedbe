/// Shares as places across a chart, in per cent of its width.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    max: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// Places 0 at `from` and the largest of `shares` at `to`.
    pub(crate) fn new(shares: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let max = shares.filter(|share| share.is_finite()).fold(0.0, f64::max);
        Self { max: if max > 0.0 { max } else { 1.0 }, from, to }
    }

    /// Where `share` stands.
    pub(crate) fn at(self, share: f64) -> f64 {
        self.from + self.length(share)
    }

    /// How long `share` is.
    pub(crate) fn length(self, share: f64) -> f64 {
        (share / self.max).clamp(0.0, 1.0) * (self.to - self.from)
    }
}
