//! Whether this thread looks at a store already.

use std::cell::Cell;

thread_local! {
    /// How many looks are under way in this thread.
    static LOOKS: Cell<usize> = const { Cell::new(0) };
}

/// A look of this thread's, under way while it lives. It stays in its thread, as a lock's guard does.
pub(super) struct Reading(());

impl Reading {
    pub(super) fn begin() -> Self {
        LOOKS.set(LOOKS.get() + 1);
        Self(())
    }

    pub(super) fn is_under_way() -> bool {
        LOOKS.get() > 0
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        LOOKS.set(LOOKS.get() - 1);
    }
}
