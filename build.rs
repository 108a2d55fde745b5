//! Finds the areas: each folder of `src/` whose `mod.rs` or `area.rs` has a `pub fn area() -> Area`.
//! `bot::areas` includes the list. Builds again, too, when a file of texts comes or goes, for the compiler sees only
//! changes within them.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=config");
    println!("cargo::rerun-if-changed=src");
    let src = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let mut names = Vec::new();
    for entry in fs::read_dir(Path::new(&src).join("src"))? {
        let entry = entry?;
        if offers_an_area(&entry.path()) {
            names
                .push(entry.file_name().into_string().map_err(|name| io::Error::other(format!("{name:?}")))?);
        }
    }
    names.sort();
    // The compiler shows the line, so it says what is missing where the module is not declared.
    let lines =
        names.iter().map(|name| format!("    crate::{name}::area, // `pub mod {name};` in src/lib.rs\n"));
    let list = format!("[\n{}]\n", lines.collect::<String>());
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("areas.rs"), list)
}

fn offers_an_area(folder: &Path) -> bool {
    ["mod.rs", "area.rs"].iter().any(|file| {
        fs::read_to_string(folder.join(file)).is_ok_and(|text| text.contains("\npub fn area() -> Area"))
    })
}
