//! What an organizer changes by hand: groups as people's ids, in, out and checked by the engine. Pure.

use crate::id::UserId;

/// A change to groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Somebody goes to another group, by its place from 0.
    Move(UserId, usize),
    /// Two change places.
    Swap(UserId, UserId),
    /// Somebody is in no group any more.
    Out(UserId),
}

/// Why a change cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPossible {
    /// There is no such group.
    #[error("no such group")]
    NoSuchGroup,
    /// They are in that group already.
    #[error("they are there already")]
    There(UserId),
    /// A group that is locked would change; its place from 0.
    #[error("the group is locked")]
    Locked(usize),
}

/// The groups after the change; `locked` are those that stay as they are. A group without anybody is left out.
///
/// # Errors
/// See [`NotPossible`].
pub fn changed(groups: &[Vec<UserId>], locked: &[bool], edit: Edit) -> Result<Vec<Vec<UserId>>, NotPossible> {
    let place = |user: UserId| groups.iter().position(|group| group.contains(&user));
    let mut new = groups.to_vec();
    let mut touched = Vec::new();
    match edit {
        Edit::Move(user, to) => {
            let from = place(user);
            if from == Some(to) {
                return Err(NotPossible::There(user));
            }
            new.get_mut(to).ok_or(NotPossible::NoSuchGroup)?.push(user);
            if let Some(from) = from {
                new[from].retain(|it| *it != user);
            }
            touched.extend(from.into_iter().chain([to]));
        }
        Edit::Swap(one, other) => {
            let (from, to) = (place(one), place(other));
            if from == to {
                return Err(NotPossible::There(other));
            }
            for (group, out, comes) in [(from, one, other), (to, other, one)] {
                if let Some(group) = group {
                    let at = new[group].iter().position(|it| *it == out);
                    at.into_iter().for_each(|at| new[group][at] = comes);
                    touched.push(group);
                }
            }
        }
        Edit::Out(user) => {
            if let Some(from) = place(user) {
                new[from].retain(|it| *it != user);
                touched.push(from);
            }
        }
    }
    match touched.into_iter().find(|group| locked.get(*group) == Some(&true)) {
        Some(group) => Err(NotPossible::Locked(group)),
        None => Ok(new.into_iter().filter(|group| !group.is_empty()).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const A: UserId = UserId(1);
    const B: UserId = UserId(2);
    const C: UserId = UserId(3);
    const D: UserId = UserId(4);

    #[test]
    fn people_move_and_change_places() {
        let groups = [vec![A, B], vec![C]];
        let free = [false, false];
        assert_eq!(changed(&groups, &free, Edit::Move(B, 1)), Ok(vec![vec![A], vec![C, B]]));
        assert_eq!(changed(&groups, &free, Edit::Swap(B, C)), Ok(vec![vec![A, C], vec![B]]));
        // Somebody who was left over takes another's place.
        assert_eq!(changed(&groups, &free, Edit::Swap(B, D)), Ok(vec![vec![A, D], vec![C]]));
        assert_eq!(changed(&groups, &free, Edit::Move(D, 1)), Ok(vec![vec![A, B], vec![C, D]]));
        assert_eq!(changed(&groups, &free, Edit::Out(C)), Ok(vec![vec![A, B]]));
    }

    #[test]
    fn what_cannot_be_says_why() {
        let groups = [vec![A, B], vec![C]];
        assert_eq!(changed(&groups, &[false, false], Edit::Move(A, 0)), Err(NotPossible::There(A)));
        assert_eq!(changed(&groups, &[false, false], Edit::Move(A, 2)), Err(NotPossible::NoSuchGroup));
        assert_eq!(changed(&groups, &[false, true], Edit::Move(A, 1)), Err(NotPossible::Locked(1)));
        assert_eq!(changed(&groups, &[false, false], Edit::Swap(A, B)), Err(NotPossible::There(B)));
    }

    proptest! {
        #[test]
        fn nobody_is_lost_or_doubled(one in 1..9_u64, other in 1..9_u64, to in 0..3_usize, swap: bool) {
            let groups: Vec<Vec<UserId>> = vec![vec![1, 2, 3], vec![4, 5], vec![6, 7]]
                .into_iter().map(|group| group.into_iter().map(UserId).collect()).collect();
            let edit = if swap { Edit::Swap(UserId(one), UserId(other)) } else { Edit::Move(UserId(one), to) };
            if let Ok(new) = changed(&groups, &[false; 3], edit) {
                let mut all: Vec<UserId> = new.concat();
                let count = all.len();
                all.sort_unstable();
                all.dedup();
                prop_assert_eq!(all.len(), count);
            }
        }
    }
}
