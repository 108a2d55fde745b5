//! Blossoms: how they come to be, turn and come apart.

use std::collections::HashSet;

use super::{Blossom, Label, NONE};

impl Blossom {
    /// Two even blossoms touch: what lies between them becomes one.
    pub(super) fn shrink(&mut self, a: u32, b: u32) {
        let (base, of_a, of_b) = self.ways(a, b);
        let mut kids = vec![base];
        let mut links = Vec::new();
        // From the base down to `a`, over the edge, and up from `b`.
        for (kid, (outer, own)) in of_a.iter().rev() {
            links.push((*outer, *own));
            kids.push(*kid);
        }
        links.push((a, b));
        for (kid, (outer, own)) in of_b {
            kids.push(kid);
            links.push((own, outer));
        }
        let Some(blossom) = self.unused.pop() else { return };
        let at = blossom as usize;
        let mut news = Vec::new();
        for kid in &kids {
            self.settle(*kid);
            if self.label[*kid as usize] == Label::Odd {
                news.extend(self.leaves(*kid));
            }
            self.inside[*kid as usize] = blossom;
        }
        (self.base[at], self.entry[at]) = (self.base[base as usize], self.entry[base as usize]);
        (self.rebate[at], self.label[at], self.since[at]) = (0, Label::Even, self.clock);
        self.inside[at] = NONE;
        self.circles[at - self.vertices] = super::Circle { kids, links };
        self.take_over(blossom);
        for vertex in news {
            self.scan(vertex);
        }
    }

    /// Makes a new blossom what the vertices in it are in. Those of its largest kid carry the right mark already,
    /// so that a blossom that grows kid by kid costs no more than its kids.
    fn take_over(&mut self, blossom: u32) {
        let kids = std::mem::take(&mut self.circles[blossom as usize - self.vertices].kids);
        let largest = kids.iter().copied().max_by_key(|kid| self.size[*kid as usize]).unwrap_or(blossom);
        let mark = self.mark[largest as usize];
        for kid in kids.iter().filter(|kid| **kid != largest) {
            self.carry(*kid, mark);
        }
        (self.mark[blossom as usize], self.owner[mark as usize]) = (mark, blossom);
        self.size[blossom as usize] = kids.iter().map(|kid| self.size[*kid as usize]).sum();
        self.circles[blossom as usize - self.vertices].kids = kids;
    }

    fn carry(&mut self, blossom: u32, mark: u32) {
        for vertex in self.leaves(blossom) {
            let before = std::mem::replace(&mut self.carried[vertex as usize], mark);
            self.price[vertex as usize] += self.drift[before as usize] - self.drift[mark as usize];
        }
    }

    /// The blossom where the ways of two even vertices to the root meet, and each way up to it, with the edges by
    /// which its blossoms came into the tree.
    #[expect(clippy::type_complexity, reason = "two ways of the same kind")]
    fn ways(&self, a: u32, b: u32) -> (u32, Vec<(u32, (u32, u32))>, Vec<(u32, (u32, u32))>) {
        let mut ends = [Some(self.top(a)), Some(self.top(b))];
        let mut ways: [Vec<(u32, (u32, u32))>; 2] = [Vec::new(), Vec::new()];
        let mut seen: [HashSet<u32>; 2] = [HashSet::new(), HashSet::new()];
        loop {
            for side in [0, 1] {
                let Some(blossom) = ends[side] else { continue };
                seen[side].insert(blossom);
                if seen[1 - side].contains(&blossom) {
                    let upto = |way: &[(u32, (u32, u32))]| -> Vec<(u32, (u32, u32))> {
                        way.iter().copied().take_while(|(kid, _)| *kid != blossom).collect()
                    };
                    return (blossom, upto(&ways[0]), upto(&ways[1]));
                }
                let entry = self.entry[blossom as usize];
                ways[side].push((blossom, entry));
                ends[side] = (entry.0 != NONE).then(|| self.top(entry.0));
            }
        }
    }

    /// Turns a blossom so that `vertex` is its base, matched to nobody in it.
    pub(super) fn rebase(&mut self, blossom: u32, vertex: u32) {
        if !self.is_circle(blossom) || self.base[blossom as usize] == vertex {
            return;
        }
        let kid = self.kid_with(blossom, vertex);
        let circle = self.circle(blossom);
        let size = circle.kids.len();
        let place = circle.kids.iter().position(|other| *other == kid).unwrap_or(0);
        self.rebase(kid, vertex);
        let mut at = place;
        while at != 0 {
            let circle = self.circle(blossom);
            // The pair of kids that is matched from now on, away from `place`, on the side where it was matched.
            let (link, one, other) = if place % 2 == 1 {
                (circle.links[at + 1], at + 1, (at + 2) % size)
            } else {
                (circle.links[at - 2], at - 2, at - 1)
            };
            let (kid, next) = (circle.kids[one], circle.kids[other]);
            self.rebase(kid, link.0);
            self.rebase(next, link.1);
            self.mate[link.0 as usize] = link.1;
            self.mate[link.1 as usize] = link.0;
            at = if place % 2 == 1 { (at + 2) % size } else { at - 2 };
        }
        let circle = &mut self.circles[blossom as usize - self.vertices];
        circle.kids.rotate_left(place);
        circle.links.rotate_left(place);
        self.base[blossom as usize] = vertex;
    }

    /// The kid of a blossom that a vertex is in.
    fn kid_with(&self, blossom: u32, vertex: u32) -> u32 {
        let mut kid = vertex;
        while self.inside[kid as usize] != blossom {
            kid = self.inside[kid as usize];
        }
        kid
    }

    /// The rebate of an odd blossom came to 0: it comes apart, and what leads from where the tree entered it to
    /// its base stays in the tree.
    pub(super) fn open(&mut self, blossom: u32) {
        let at = blossom as usize;
        if self.circle(blossom).kids.is_empty() || self.inside[at] != NONE || self.label[at] != Label::Odd {
            return;
        }
        self.settle(blossom);
        if self.rebate[at] > 0 {
            return;
        }
        let entry = self.entry[at];
        let place = {
            let kid = self.kid_with(blossom, entry.1);
            self.circle(blossom).kids.iter().position(|other| *other == kid).unwrap_or(0)
        };
        let links = self.circle(blossom).links.clone();
        let kids = self.take_apart(blossom);
        let size = kids.len();
        // Round to the base on the side that has an even number of steps.
        let forward = place % 2 == 1;
        let mut on_way = vec![false; size];
        let (mut here, mut entry) = (place, entry);
        let mut even = Vec::new();
        loop {
            on_way[here] = true;
            self.label_odd(kids[here], entry);
            if here == 0 {
                break;
            }
            let (next, after) = if forward { (here + 1, (here + 2) % size) } else { (here - 1, here - 2) };
            let step = |from: usize, to: usize| {
                if forward { links[from] } else { (links[to].1, links[to].0) }
            };
            on_way[next] = true;
            even.push((kids[next], step(here, next)));
            entry = step(next, after);
            here = after;
        }
        let mut free = Vec::new();
        for (place, kid) in kids.iter().enumerate() {
            if !on_way[place] {
                free.extend(self.leaves(*kid));
            }
        }
        for (kid, entry) in even {
            self.label_even(kid, entry);
        }
        for vertex in free {
            self.scan_free(vertex);
        }
    }

    /// Takes a blossom that is in nothing else apart; gives what was in it, no part of a tree.
    pub(super) fn take_apart(&mut self, blossom: u32) -> Vec<u32> {
        let circle = std::mem::take(&mut self.circles[blossom as usize - self.vertices]);
        for kid in &circle.kids {
            self.inside[*kid as usize] = NONE;
            self.label[*kid as usize] = Label::Free;
            let mark = self.mark[*kid as usize];
            if mark != self.mark[blossom as usize] {
                self.carry(*kid, mark);
            }
            self.owner[mark as usize] = *kid;
        }
        self.label[blossom as usize] = Label::Free;
        self.rebate[blossom as usize] = 0;
        self.unused.push(blossom);
        circle.kids
    }
}
