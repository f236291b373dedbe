//! Encryption, and certificates instead of passwords: with `--tls-ca` each side of a connection shows a certificate and wants one that
//! this authority has signed. Without it there is neither.

use crate::args::TlsArgs;
use ballista_core::extension::EndpointOverrideFn;
use ballista_core::utils::{
    GrpcClientConfig, GrpcServerConfig, create_grpc_client_endpoint, create_grpc_server,
};
use std::path::Path;
use std::sync::Arc;
use tonic::transport::server::Server;
use tonic::transport::{Certificate, ClientTlsConfig, Endpoint, Identity, ServerTlsConfig};

/// This process's certificate, and whose it trusts.
#[derive(Clone)]
pub(crate) struct Tls {
    authority: Certificate,
    identity: Identity,
}

impl Tls {
    /// Reads the three PEM files; `None` where none is given.
    pub(crate) fn read(args: &TlsArgs) -> anyhow::Result<Option<Self>> {
        let (Some(ca), Some(cert), Some(key)) = (&args.ca, &args.cert, &args.key) else {
            return Ok(None);
        };
        let read = |path: &Path| fs_err::read(path);
        let identity = Identity::from_pem(read(cert)?, read(key)?);
        Ok(Some(Self { authority: Certificate::from_pem(read(ca)?), identity }))
    }

    /// What a client does to every connection that the engine opens for it.
    pub(crate) fn of_client(&self) -> EndpointOverrideFn {
        let config =
            ClientTlsConfig::new().ca_certificate(self.authority.clone()).identity(self.identity.clone());
        Arc::new(move |endpoint: Endpoint| {
            // An executor always calls the scheduler by `http`, which is never encrypted.
            let address = endpoint.uri().to_string();
            let endpoint = match address.strip_prefix("http://") {
                Some(rest) => create_grpc_client_endpoint(
                    format!("https://{rest}"),
                    Some(&GrpcClientConfig { use_tls: true, ..GrpcClientConfig::default() }),
                )?,
                None => endpoint,
            };
            Ok(endpoint.tls_config(config.clone())?)
        })
    }

    /// A server that lets in only those with a certificate.
    pub(crate) fn server(&self, config: &GrpcServerConfig) -> anyhow::Result<Server> {
        let tls =
            ServerTlsConfig::new().identity(self.identity.clone()).client_ca_root(self.authority.clone());
        Ok(create_grpc_server(config).tls_config(tls)?)
    }
}
