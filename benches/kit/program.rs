use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};

/// The programs, built as they are shipped.
pub struct Programs {
    /// Kith as in production: without the sandbox.
    pub kith: PathBuf,
    /// Kith with the feature `demo`.
    pub demo: PathBuf,
    /// The bare bot.
    pub bare: PathBuf,
}

impl Programs {
    /// Builds them (release) where they are not built yet, and puts them aside: both Kiths have one name.
    ///
    /// # Errors
    /// When one cannot be built.
    pub fn build() -> anyhow::Result<Self> {
        Ok(Self {
            demo: Self::demo()?,
            kith: build("kith-production", &["--bin", "kith", "--no-default-features"])?,
            bare: build("bare-bot", &["--package", "bare-bot"])?,
        })
    }

    /// Builds Kith with the feature `demo` alone: the one that follows the sandbox's clock.
    ///
    /// # Errors
    /// When it cannot be built.
    pub fn demo() -> anyhow::Result<PathBuf> {
        build("kith-demo", &["--bin", "kith"])
    }
}

fn build(name: &str, words: &[&str]) -> anyhow::Result<PathBuf> {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--release", "--quiet"])
        .args(words)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        // `cargo bench` sets it; `ring` and all above it are built anew where it changes.
        .env_remove("CARGO_MANIFEST_DIR")
        .status()?;
    ensure!(status.success(), "{name} cannot be built");
    let built = if name == "bare-bot" { name } else { "kith" };
    let aside = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let built = Path::new(env!("CARGO_BIN_EXE_kith")).with_file_name(built);
    std::fs::copy(&built, &aside).with_context(|| built.display().to_string())?;
    Ok(aside)
}
