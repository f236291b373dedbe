//! With certificates: the same bytes, and nobody without one gets in.

use crate::support::{Cluster, Place, Table, refused, succeeded};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::path::Path;

/// The options that name an authority's certificate, and one of this machine that it has signed with its key.
fn certificates(folder: &Path) -> Vec<String> {
    fs_err::create_dir_all(folder).unwrap();
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate().unwrap();
    let authority_certificate = authority.self_signed(&authority_key).unwrap();
    let issuer = Issuer::new(authority, authority_key);
    let key = KeyPair::generate().unwrap();
    let node = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let certificate = node.signed_by(&key, &issuer).unwrap();
    let files = [
        ("--tls-ca", "ca.pem", authority_certificate.pem()),
        ("--tls-cert", "node.pem", certificate.pem()),
        ("--tls-key", "node.key", key.serialize_pem()),
    ];
    let option = |(option, name, content): (&str, &str, String)| {
        let path = folder.join(name);
        fs_err::write(&path, content).unwrap();
        [option.to_owned(), path.to_str().unwrap().to_owned()]
    };
    files.into_iter().flat_map(option).collect()
}

#[test]
fn whoever_has_a_certificate_gets_the_same_bytes_and_nobody_else_gets_in() {
    let mut table = Table::survey(2023);
    table.rows.truncate(40);
    let place = Place::with_parts(&table, 20);
    succeeded(&mut place.assign(2022, "alone", &[]));
    let ours = certificates(&place.path("ours"));
    let cluster = Cluster::start_with(2022, 1, &ours);
    let assign = |out: &str, certificates: &[String]| {
        let mut command = place.assign(2022, out, &["--scheduler", &cluster.address]);
        command.args(certificates);
        command
    };
    succeeded(&mut assign("out", &ours));
    assert!(place.files("out") == place.files("alone"));

    let theirs = certificates(&place.path("theirs"));
    // Whoever trusts our authority is not yet trusted by it.
    let trusting = [&ours[..2], &theirs[2..]].concat();
    for stranger in [&[][..], &theirs, &trusting] {
        let said = refused(&mut assign("stolen", stranger));
        assert!(said.contains("2 of 2 parts could not be done"), "{said}");
    }
    assert_eq!(place.finished_parts("stolen"), 0);
}
