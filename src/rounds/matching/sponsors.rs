//! Sponsors for mentor groups that stand: as many groups as possible get one, then the sum of each sponsor's mean
//! fit with the group's mentees is greatest. Groups are the rows and sponsors the columns of a transport whose
//! columns ask nothing for a first place.

use super::known::{FORBIDDEN, Known};
use super::matrix::Matrix;
use super::progress::{Cancelled, Progress};
use super::simplex::Transport;
use super::team::Team;

/// Means are counted in parts of this of a millionth, so that they are whole for up to ten mentees.
const EVEN: u64 = 2_520;

/// Gives groups sponsors, of those who are free, each with the room they have left.
pub(super) fn assign(
    known: &Known<'_>,
    teams: &mut [Team],
    sponsors: &[(u32, u32)],
    progress: &Progress,
) -> Result<(), Cancelled> {
    let sponsors: Vec<(u32, u32)> = sponsors.iter().copied().filter(|(_, room)| *room > 0).collect();
    let wanting: Vec<usize> = (0..teams.len()).filter(|at| teams[*at].sponsor.is_none()).collect();
    if sponsors.is_empty() || wanting.is_empty() {
        return Ok(());
    }
    let mut lines = Vec::new();
    for at in &wanting {
        lines.extend(sponsors.iter().map(|(sponsor, _)| mean_fit(known, &teams[*at], *sponsor)));
    }
    let groups = u32::try_from(wanting.len()).unwrap_or(u32::MAX);
    let rooms = sponsors.iter().map(|(_, room)| (*room).min(groups)).collect();
    let mut transport = Transport::new(Matrix::from_lines(sponsors.len(), lines), rooms, false);
    transport.solve(progress)?;
    for (at, sponsor) in wanting.into_iter().zip(transport.columns()) {
        teams[at].sponsor = sponsor.map(|sponsor| sponsors[sponsor as usize].0);
    }
    Ok(())
}

/// The mean fit of a sponsor with the mentees of a group, in parts of [`EVEN`]; forbidden where they must not be in it.
pub(super) fn mean_fit(known: &Known<'_>, team: &Team, sponsor: u32) -> u32 {
    if team.mentor.is_some_and(|mentor| !known.compatible(mentor, sponsor)) {
        return FORBIDDEN;
    }
    let mut sum = 0;
    for mentee in &team.members {
        match known.fit(sponsor, *mentee) {
            FORBIDDEN => return FORBIDDEN,
            fit => sum += u64::from(fit),
        }
    }
    u32::try_from(sum * EVEN / team.members.len().max(1) as u64).unwrap_or(FORBIDDEN)
}
