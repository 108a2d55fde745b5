//! One tree, from its root to the end of its search.

use std::cmp::Reverse;

use super::{Blossom, Event, Label, NONE, Weight};

impl Blossom {
    /// Grows a tree from a vertex that is alone with a price, until it has a partner, or somebody else in the tree
    /// whose price came to 0 is alone in its stead.
    pub(super) fn grow(&mut self, root: u32) {
        self.clock = 0;
        self.events.clear();
        self.touched.clear();
        self.label_even(self.top(root), (NONE, root));
        while let Some(Reverse((at, event))) = self.events.pop() {
            self.clock = at;
            match event {
                Event::Free(vertex) => {
                    self.flip(vertex, NONE);
                    break;
                }
                Event::Open(blossom) => self.open(blossom),
                Event::Tight(even, other) => {
                    if self.tight(even, other) {
                        break;
                    }
                }
            }
        }
        self.settle_all();
    }

    /// An edge became tight; tells whether that ends the search.
    fn tight(&mut self, even: u32, other: u32) -> bool {
        let (here, there) = (self.top(even), self.top(other));
        if here == there || self.label[there as usize] == Label::Odd {
            return false;
        }
        // What was foreseen is late where an end was odd for a while; then it was foreseen anew.
        if self.current_slack(even, other) > 0 {
            return false;
        }
        if self.label[there as usize] == Label::Even {
            self.shrink(even, other);
            return false;
        }
        let base = self.base[there as usize];
        let mate = self.mate[base as usize];
        if mate == NONE {
            self.rebase(there, other);
            self.mate[other as usize] = even;
            self.flip(even, other);
            return true;
        }
        self.label_odd(there, (even, other));
        self.label_even(self.top(mate), (base, mate));
        false
    }

    /// The slack of an edge between two blossoms at this moment.
    fn current_slack(&self, a: u32, b: u32) -> Weight {
        let weight =
            self.edges[a as usize].iter().find(|(other, _)| *other == b).map_or(0, |(_, weight)| *weight);
        self.current(a) + self.current(b) - weight
    }

    /// The price of a vertex at this moment.
    pub(super) fn current(&self, vertex: u32) -> Weight {
        let mark = self.carried[vertex as usize] as usize;
        self.price[vertex as usize] + self.drift[mark] + self.risen(self.owner[mark])
    }

    /// By how much prices in a blossom that is in nothing else have risen since they were written down.
    fn risen(&self, blossom: u32) -> Weight {
        let passed = self.clock - self.since[blossom as usize];
        match self.label[blossom as usize] {
            Label::Even => -passed,
            Label::Odd => passed,
            Label::Free => 0,
        }
    }

    pub(super) fn label_even(&mut self, blossom: u32, entry: (u32, u32)) {
        self.set_label(blossom, Label::Even, entry);
        for vertex in self.leaves(blossom) {
            self.scan(vertex);
        }
    }

    pub(super) fn label_odd(&mut self, blossom: u32, entry: (u32, u32)) {
        self.set_label(blossom, Label::Odd, entry);
        if self.is_circle(blossom) {
            self.events.push(Reverse((self.clock + self.rebate[blossom as usize] / 2, Event::Open(blossom))));
        }
    }

    fn set_label(&mut self, blossom: u32, label: Label, entry: (u32, u32)) {
        self.settle(blossom);
        self.label[blossom as usize] = label;
        self.entry[blossom as usize] = entry;
        self.touched.push(self.mark[blossom as usize]);
    }

    /// Foresees what happens to a vertex that has just become even.
    pub(super) fn scan(&mut self, vertex: u32) {
        let own = self.current(vertex);
        self.events.push(Reverse((self.clock + own, Event::Free(vertex))));
        let here = self.top(vertex);
        for at in 0..self.edges[vertex as usize].len() {
            let (other, weight) = self.edges[vertex as usize][at];
            let there = self.top(other);
            let slack = own + self.current(other) - weight;
            match self.label[there as usize] {
                _ if there == here => {}
                Label::Odd => {}
                Label::Even => {
                    self.events.push(Reverse((self.clock + slack / 2, Event::Tight(vertex, other))));
                }
                Label::Free => self.events.push(Reverse((self.clock + slack, Event::Tight(vertex, other)))),
            }
        }
    }

    /// Foresees what even vertices do to one that has just become free.
    pub(super) fn scan_free(&mut self, vertex: u32) {
        let own = self.current(vertex);
        for at in 0..self.edges[vertex as usize].len() {
            let (other, weight) = self.edges[vertex as usize][at];
            if self.label[self.top(other) as usize] == Label::Even {
                let slack = own + self.current(other) - weight;
                self.events.push(Reverse((self.clock + slack, Event::Tight(other, vertex))));
            }
        }
    }

    /// Gives `vertex`, which is even, the partner `mate`, and changes partners all the way up to the root.
    fn flip(&mut self, vertex: u32, mate: u32) {
        let (mut vertex, mut mate) = (vertex, mate);
        loop {
            let even = self.top(vertex);
            self.rebase(even, vertex);
            self.mate[vertex as usize] = mate;
            let (outer, _) = self.entry[even as usize];
            if outer == NONE {
                return;
            }
            let odd = self.top(outer);
            let (above, own) = self.entry[odd as usize];
            self.rebase(odd, own);
            self.mate[own as usize] = above;
            (vertex, mate) = (above, own);
        }
    }

    /// Writes down all prices and rebates and clears the tree away.
    fn settle_all(&mut self) {
        for vertex in std::mem::take(&mut self.touched) {
            let top = self.top(vertex);
            self.settle(top);
            self.label[top as usize] = Label::Free;
            self.open_empty(top);
        }
        self.clock = 0;
    }

    /// Writes down the rebate of a blossom that is in nothing else, and the prices in it.
    pub(super) fn settle(&mut self, blossom: u32) {
        let at = blossom as usize;
        let risen = self.risen(blossom);
        self.drift[self.mark[at] as usize] += risen;
        if self.is_circle(blossom) {
            self.rebate[at] -= 2 * risen;
        }
        self.since[at] = self.clock;
    }

    /// Takes a blossom without a rebate apart, and those in it.
    fn open_empty(&mut self, blossom: u32) {
        if self.is_circle(blossom) && self.rebate[blossom as usize] == 0 {
            for kid in self.take_apart(blossom) {
                self.open_empty(kid);
            }
        }
    }
}
