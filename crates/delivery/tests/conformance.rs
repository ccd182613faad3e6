//! A second, independent TUF client reads what is published.
#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod kit;

use delivery::publish::write_folder;
use kit::{Hoster, Issuer, Key, edition};
use tough::{ExpirationEnforcement, IntoVec, RepositoryLoader, TargetName};
use url::Url;

/// Everything that `tough` reads from the folder, decrypted.
async fn read_with_tough(root: &[u8], folder: &std::path::Path, target: &str) -> Vec<u8> {
    let base = |name: &str| Url::from_directory_path(folder.join(name)).unwrap();
    let repository = RepositoryLoader::new(&root, base("metadata"), base("targets"))
        // The day of this test is fixed and long over; expiry is tested elsewhere.
        .expiration_enforcement(ExpirationEnforcement::Unsafe)
        .load()
        .await
        .expect("tough accepts the repository");
    let name = TargetName::new(target).unwrap();
    repository.read_target(&name).await.unwrap().unwrap().into_vec().await.unwrap()
}

#[test]
fn tough_follows_the_roots_and_reads_the_parts() {
    let mut issuer = Issuer::new(1);
    let first = issuer.roots.current_file().to_vec();
    let signers = [Key::new(delivery::Role::Root, 100), Key::new(delivery::Role::Root, 101)];
    let (lost, new) = (issuer.root[2].id(), Key::new(delivery::Role::Root, 960));
    issuer.rotate(&signers.each_ref(), |plan| plan.replace(lost, new.ours.public()).unwrap());
    let north = Hoster::of(&issuer, "hoster-north");
    let release = issuer.publish(&edition(12, 5), &north, 3);
    let folder = tempfile::tempdir().unwrap();
    write_folder(&release, folder.path()).unwrap();

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let sealed = runtime.block_on(read_with_tough(&first, folder.path(), "edition.json.age"));

    let own = release.files().iter().find(|(name, _)| name.ends_with(".edition.json.age")).unwrap().1;
    assert_eq!(sealed, *own);
}
