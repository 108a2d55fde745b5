//! The tree of a basis, and how it changes.

use super::{Cost, NONE};

/// Which arc joins a node to its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arc {
    /// From a row to a column.
    Pair,
    /// From a row to the root: it stays unplaced.
    Unplaced,
    /// From a column to the root: its first place.
    First,
    /// From a column to the root: its other places.
    Rest,
}

/// The tree of a basis: for each node its parent, the arc there, and what flows on it.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) parent: Vec<u32>,
    pub(super) arc: Vec<Arc>,
    /// The arc goes from the node to its parent.
    pub(super) up: Vec<bool>,
    pub(super) flow: Vec<Cost>,
    pub(super) depth: Vec<u32>,
    pub(super) potential: Vec<Cost>,
    pub(super) child: Vec<u32>,
    pub(super) next: Vec<u32>,
    pub(super) previous: Vec<u32>,
}

impl Tree {
    pub(super) fn new(rows: usize, columns: usize, unplaced: Cost, first: Cost) -> Self {
        let nodes = rows + columns + 1;
        let root = u32::try_from(nodes - 1).unwrap_or(NONE);
        let mut tree = Self {
            parent: vec![root; nodes],
            arc: [vec![Arc::Unplaced; rows], vec![Arc::First; columns + 1]].concat(),
            up: vec![true; nodes],
            flow: [vec![1; rows], vec![0; columns + 1]].concat(),
            depth: [vec![1; rows + columns], vec![0]].concat(),
            potential: [vec![-unplaced; rows], vec![first; columns], vec![0]].concat(),
            child: vec![NONE; nodes],
            next: vec![NONE; nodes],
            previous: vec![NONE; nodes],
        };
        tree.parent[nodes - 1] = NONE;
        for node in (0..root).rev() {
            tree.attach(node, root);
        }
        tree
    }

    pub(super) fn children(&self, node: usize) -> Vec<u32> {
        let mut children = Vec::new();
        let mut child = self.child[node];
        while child != NONE {
            children.push(child);
            child = self.next[child as usize];
        }
        children
    }

    fn attach(&mut self, node: u32, parent: u32) {
        let first = std::mem::replace(&mut self.child[parent as usize], node);
        self.parent[node as usize] = parent;
        self.next[node as usize] = first;
        self.previous[node as usize] = NONE;
        if first != NONE {
            self.previous[first as usize] = node;
        }
    }

    fn detach(&mut self, node: u32) {
        let (previous, next) = (self.previous[node as usize], self.next[node as usize]);
        match previous {
            NONE => self.child[self.parent[node as usize] as usize] = next,
            previous => self.next[previous as usize] = next,
        }
        if next != NONE {
            self.previous[next as usize] = previous;
        }
    }

    /// Where the ways of two nodes to the root meet.
    pub(super) fn join(&self, mut a: u32, mut b: u32) -> u32 {
        while a != b {
            if self.depth[a as usize] >= self.depth[b as usize] {
                a = self.parent[a as usize];
            } else {
                b = self.parent[b as usize];
            }
        }
        a
    }

    /// Sends `delta` from `first` to `second` over the new arc and back through the tree.
    pub(super) fn push(&mut self, first: u32, second: u32, join: u32, delta: Cost) {
        for (begin, down) in [(first, true), (second, false)] {
            let mut node = begin;
            while node != join {
                let at = node as usize;
                self.flow[at] += if self.up[at] == down { -delta } else { delta };
                node = self.parent[at];
            }
        }
    }

    /// Cuts the tree above `out` and hangs what is below at `inner` under `outer`, by the new arc.
    pub(super) fn rehang(
        &mut self,
        inner: u32,
        outer: u32,
        out: u32,
        (arc, up, flow): (Arc, bool, Cost),
        cost: Cost,
    ) {
        let (mut node, mut parent, mut with) = (inner, outer, (arc, up, flow));
        loop {
            let at = node as usize;
            let (above, before) = (self.parent[at], (self.arc[at], !self.up[at], self.flow[at]));
            self.detach(node);
            self.attach(node, parent);
            (self.arc[at], self.up[at], self.flow[at]) = with;
            if node == out {
                break;
            }
            (parent, node, with) = (node, above, before);
        }
        let above = self.potential[outer as usize];
        let change = if up { above - cost } else { above + cost } - self.potential[inner as usize];
        let mut node = inner;
        loop {
            let at = node as usize;
            self.potential[at] += change;
            self.depth[at] = self.depth[self.parent[at] as usize] + 1;
            node = self.child[at];
            if node == NONE {
                node = self.after(at, inner);
            }
            if node == NONE {
                break;
            }
        }
    }

    /// The next node of a subtree after all below `at`.
    fn after(&self, at: usize, top: u32) -> u32 {
        let mut at = at;
        while at != top as usize {
            if self.next[at] != NONE {
                return self.next[at];
            }
            at = self.parent[at] as usize;
        }
        NONE
    }
}
