//! `kith check`: everything that would keep the bot from working, each with how to mend it.

use std::fmt;

use crate::settings::{Mistakes, Settings};

mod discord;
mod http;
mod store;

/// What was found, in the order in which it was looked at.
#[derive(Debug, Default)]
pub struct Report {
    findings: Vec<Finding>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How it stands.
    pub standing: Standing,
    /// What was found, as a sentence.
    pub what: String,
    /// What to do, where there is something to do.
    pub mend: Option<String>,
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// As it should be.
    Fine,
    /// Kith works, but somebody may miss something.
    Hint,
    /// Kith does not work, or not everywhere.
    Problem,
}

impl Finding {
    fn fine(what: impl Into<String>) -> Self {
        Self { standing: Standing::Fine, what: what.into(), mend: None }
    }

    fn hint(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { standing: Standing::Hint, what: what.into(), mend: Some(mend.into()) }
    }

    fn problem(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { standing: Standing::Problem, what: what.into(), mend: Some(mend.into()) }
    }
}

impl Report {
    /// Whether nothing has to be mended before Kith works.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        self.problems() == 0
    }

    fn problems(&self) -> usize {
        self.findings.iter().filter(|finding| finding.standing == Standing::Problem).count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            let mark = match finding.standing {
                Standing::Fine => "ok      ",
                Standing::Hint => "hint    ",
                Standing::Problem => "problem ",
            };
            writeln!(f, "{mark} {}", finding.what)?;
            if let Some(mend) = &finding.mend {
                writeln!(f, "         → {mend}")?;
            }
        }
        match self.problems() {
            0 => f.write_str("Kith can start."),
            1 => f.write_str("1 problem has to be mended."),
            some => write!(f, "{some} problems have to be mended."),
        }
    }
}

/// Looks at the settings, at Discord, at the HTTP port and at the store.
pub async fn check(settings: Result<Settings, Mistakes>) -> Report {
    let settings = match settings {
        Ok(settings) => settings,
        Err(Mistakes(mistakes)) => {
            let mend = "Correct it there; config/default.toml says what each setting is for.";
            let findings =
                mistakes.iter().map(|mistake| Finding::problem(mistake.to_string(), mend)).collect();
            return Report { findings };
        }
    };
    let mut findings = vec![Finding::fine("The settings are right.")];
    findings.extend(discord::check(&settings.discord).await);
    findings.extend(http::check(&settings.http).await);
    let kept = settings.store.clone();
    let looked = tokio::task::spawn_blocking(move || store::check(&kept)).await;
    findings.extend(looked.unwrap_or_else(|error| {
        vec![Finding::problem(
            format!("Looking at the store ended by itself: {error}"),
            "Report this with the lines above.",
        )]
    }));
    Report { findings }
}

#[cfg(test)]
mod tests;
