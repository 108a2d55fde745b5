//! Maximum-weight matching in a general graph, by Edmonds' primal-dual method, on candidate edges to which more
//! can be added between two runs. What it ends with carries its proof: see [`Blossom::dual`].
//!
//! Each vertex has a price, each blossom (an odd circle shrunk to one) a rebate of zero or more for edges inside
//! it. No edge is worth more than its ends' prices and the rebates around it (that is what is kept true all along);
//! matched edges are worth exactly that, blossoms with a rebate are matched inside but for one vertex, and whoever
//! stays alone has the price 0. Then no matching is worth more. Weights are doubled inside, so that all stays whole.
//!
//! One tree is grown at a time, from a vertex that is alone with a price. Prices in the tree change with a common
//! clock, and a heap knows what happens next: an edge to somebody outside or between two even blossoms becomes
//! tight, an odd blossom's rebate or an even vertex's price comes down to 0.

mod grow;
mod shrink;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::progress::{Cancelled, Progress};

/// Twice a weight, a price or a rebate.
pub(super) type Weight = i64;

const NONE: u32 = u32::MAX;

/// What a blossom or a single vertex is in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    /// Not in it.
    Free,
    /// An even number of steps from the root: prices fall.
    Even,
    /// An odd number: prices rise.
    Odd,
}

/// What happens at a time of the tree's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// The price of an even vertex comes to 0.
    Free(u32),
    /// The rebate of an odd blossom comes to 0.
    Open(u32),
    /// The edge of an even vertex with another one becomes tight.
    Tight(u32, u32),
}

/// A blossom, from its base on round the circle.
#[derive(Debug, Clone, Default)]
struct Circle {
    /// Vertices and blossoms in it; none where the place is not used.
    kids: Vec<u32>,
    /// The edge from each of them to the next one.
    links: Vec<(u32, u32)>,
}

/// An order of all vertices in which each blossom's stand together.
#[derive(Debug)]
pub(super) struct Order {
    /// Where each vertex stands.
    place: Vec<usize>,
    /// From where to where each blossom stands, and the rebates of it and of all that it is in.
    spans: Vec<Span>,
}

type Span = (Range<usize>, Weight);

impl Order {
    /// The rebates around two vertices, of whom one has these blossoms around.
    pub(super) fn rebates(&self, around: &[Span], other: usize) -> Weight {
        let place = self.place[other];
        around
            .get(around.partition_point(|(span, _)| !span.contains(&place)))
            .map_or(0, |(_, rebates)| *rebates)
    }
}

/// A graph with a matching that becomes the best.
#[derive(Debug, Clone)]
pub(super) struct Blossom {
    vertices: usize,
    edges: Vec<Vec<(u32, Weight)>>,
    mate: Vec<u32>,
    /// The price of each vertex without what all that carry its mark have in common.
    price: Vec<Weight>,
    // For vertices and blossoms alike.
    inside: Vec<u32>,
    base: Vec<u32>,
    rebate: Vec<Weight>,
    label: Vec<Label>,
    /// The edge by which it came into the tree: from an outer vertex to one of its own.
    entry: Vec<(u32, u32)>,
    /// The clock when its rebate and its vertices' prices were last written down, while it is in nothing else.
    since: Vec<Weight>,
    /// How many vertices are in it.
    size: Vec<u32>,
    /// A vertex in it by which it is known while it is in nothing else.
    mark: Vec<u32>,
    // For vertices alone.
    /// The mark of the outermost blossom that it is in.
    carried: Vec<u32>,
    /// The outermost blossom that is known by it.
    owner: Vec<u32>,
    /// What the prices of all that carry it have risen by: a large blossom is not gone through for that.
    drift: Vec<Weight>,
    // For blossoms alone.
    circles: Vec<Circle>,
    unused: Vec<u32>,
    /// The marks of what came into the tree.
    touched: Vec<u32>,
    clock: Weight,
    events: BinaryHeap<Reverse<(Weight, Event)>>,
}

impl Blossom {
    /// A graph without edges.
    pub(super) fn new(vertices: usize) -> Self {
        let all = vertices + vertices / 2 + 1;
        let number = |number: usize| u32::try_from(number).unwrap_or(NONE);
        Self {
            vertices,
            edges: vec![Vec::new(); vertices],
            mate: vec![NONE; vertices],
            price: vec![0; vertices],
            inside: vec![NONE; all],
            base: (0..all).map(number).collect(),
            rebate: vec![0; all],
            label: vec![Label::Free; all],
            entry: vec![(NONE, NONE); all],
            since: vec![0; all],
            size: vec![1; all],
            mark: (0..all).map(number).collect(),
            carried: (0..vertices).map(number).collect(),
            owner: (0..vertices).map(number).collect(),
            drift: vec![0; vertices],
            circles: (vertices..all).map(|_| Circle::default()).collect(),
            unused: (vertices..all).rev().map(number).collect(),
            touched: Vec::new(),
            clock: 0,
            events: BinaryHeap::new(),
        }
    }

    /// A graph with these edges, each once; prices are as high as the best edge of each vertex asks.
    pub(super) fn of(vertices: usize, edges: &[(u32, u32, Weight)]) -> Self {
        let mut graph = Self::new(vertices);
        for (a, b, weight) in edges.iter().copied() {
            for (own, other) in [(a, b), (b, a)] {
                graph.edges[own as usize].push((other, 2 * weight));
                let price = &mut graph.price[own as usize];
                *price = weight.max(*price);
            }
        }
        graph
    }

    /// Adds an edge that is not there. Prices rise where it needs it, and what no longer is tight comes apart.
    pub(super) fn add(&mut self, a: u32, b: u32, weight: Weight) {
        let weight = 2 * weight;
        self.edges[a as usize].push((b, weight));
        self.edges[b as usize].push((a, weight));
        if self.slack_within(a, b, weight) >= 0 {
            return;
        }
        self.dissolve(self.top(a));
        let lacking = -self.slack_within(a, b, weight);
        if lacking > 0 {
            self.price[a as usize] += lacking;
            self.part(a);
        }
    }

    /// Takes a vertex out of it, with all of its edges.
    pub(super) fn remove(&mut self, vertex: u32) {
        self.dissolve(self.top(vertex));
        self.part(vertex);
        for (other, _) in std::mem::take(&mut self.edges[vertex as usize]) {
            self.edges[other as usize].retain(|(end, _)| *end != vertex);
        }
        self.price[vertex as usize] = -self.drift[self.carried[vertex as usize] as usize];
    }

    /// The partner of each vertex.
    pub(super) fn mates(&self) -> Vec<Option<u32>> {
        self.mate.iter().map(|mate| (*mate != NONE).then_some(*mate)).collect()
    }

    /// What the prices prove: no matching is worth more than half of this, as long as no edge lacks a price.
    pub(super) fn dual(&self) -> Weight {
        let mut dual: Weight = (0..self.vertices).map(|vertex| self.price(vertex)).sum();
        for blossom in self.vertices..self.rebate.len() {
            if self.rebate[blossom] > 0 {
                let inside = self.leaves(u32::try_from(blossom).unwrap_or(NONE)).len() / 2;
                dual += self.rebate[blossom] * Weight::try_from(inside).unwrap_or(Weight::MAX);
            }
        }
        dual
    }

    /// Twice the price of a vertex.
    pub(super) fn price(&self, vertex: usize) -> Weight {
        self.current(u32::try_from(vertex).unwrap_or(NONE))
    }

    /// The vertices in an order in which each blossom's stand together.
    pub(super) fn order(&self) -> Order {
        let spans = self.rebate.iter().map(|rebate| (0..0, *rebate)).collect();
        let mut order = Order { place: vec![0; self.vertices], spans };
        let mut next = 0;
        let tops = (0..self.inside.len()).filter(|at| {
            self.inside[*at] == NONE
                && (*at < self.vertices || !self.circles[at - self.vertices].kids.is_empty())
        });
        let mut stack: Vec<(u32, bool)> = tops.map(|at| (u32::try_from(at).unwrap_or(NONE), false)).collect();
        while let Some((blossom, done)) = stack.pop() {
            let at = blossom as usize;
            if done {
                order.spans[at].0.end = next;
                continue;
            }
            order.spans[at].0.start = next;
            if self.inside[at] != NONE {
                order.spans[at].1 += order.spans[self.inside[at] as usize].1;
            }
            stack.push((blossom, true));
            if self.is_circle(blossom) {
                stack.extend(self.circle(blossom).kids.iter().map(|kid| (*kid, false)));
            } else {
                order.place[at] = next;
                next += 1;
            }
        }
        order
    }

    /// The blossoms around a vertex, from within.
    pub(super) fn around(&self, vertex: usize, order: &Order) -> Vec<Span> {
        let outer = |at: usize| (self.inside[at] != NONE).then(|| self.inside[at] as usize);
        std::iter::successors(outer(vertex), |at| outer(*at)).map(|at| order.spans[at].clone()).collect()
    }

    /// Makes the matching the best there is.
    pub(super) fn solve(&mut self, progress: &Progress) -> Result<(), Cancelled> {
        self.begin();
        for root in 0..u32::try_from(self.vertices).unwrap_or(NONE) {
            if self.mate[root as usize] == NONE && self.price(root as usize) > 0 {
                progress.check()?;
                self.grow(root);
            }
        }
        Ok(())
    }

    /// Lowers the price of whoever is alone as far as it goes, and matches them where nothing is in the way.
    fn begin(&mut self) {
        for vertex in 0..self.vertices {
            let own = u32::try_from(vertex).unwrap_or(NONE);
            if self.mate[vertex] != NONE || self.top(own) != own {
                continue;
            }
            let price = self.price(vertex);
            let slacks = self.edges[vertex].iter().map(|(other, weight)| {
                let taken = self.mate[*other as usize] != NONE || self.top(*other) != *other;
                (price + self.current(*other) - weight, taken, *other)
            });
            let Some((slack, taken, other)) = slacks.min() else {
                self.price[vertex] -= price;
                continue;
            };
            let lower = slack.min(price);
            self.price[vertex] -= lower;
            if lower == slack && !taken {
                self.mate[vertex] = other;
                self.mate[other as usize] = own;
            }
        }
    }

    /// The slack of an edge whose weight is doubled already, with no tree growing.
    fn slack_within(&self, a: u32, b: u32, weight: Weight) -> Weight {
        let slack = self.current(a) + self.current(b) - weight;
        if self.top(a) != self.top(b) {
            return slack;
        }
        let mut around = Vec::new();
        let mut blossom = self.inside[a as usize];
        while blossom != NONE {
            around.push(blossom);
            blossom = self.inside[blossom as usize];
        }
        let mut rebates = 0;
        let mut blossom = self.inside[b as usize];
        while blossom != NONE {
            if around.contains(&blossom) {
                rebates += self.rebate[blossom as usize];
            }
            blossom = self.inside[blossom as usize];
        }
        slack + rebates
    }

    /// Takes a blossom and all in it apart for good; its vertices' prices make up for the rebates.
    fn dissolve(&mut self, blossom: u32) {
        if !self.is_circle(blossom) {
            return;
        }
        // Outwards nothing needs to be tight any more.
        let base = self.base[blossom as usize];
        let half = self.rebate[blossom as usize] / 2;
        for vertex in self.leaves(blossom) {
            self.price[vertex as usize] += half;
        }
        if half > 0 {
            self.part(base);
        }
        for kid in self.take_apart(blossom) {
            self.dissolve(kid);
        }
    }

    /// Ends a vertex's match.
    fn part(&mut self, vertex: u32) {
        let mate = std::mem::replace(&mut self.mate[vertex as usize], NONE);
        if mate != NONE {
            self.mate[mate as usize] = NONE;
        }
    }

    /// The outermost blossom that a vertex is in, or the vertex itself.
    fn top(&self, vertex: u32) -> u32 {
        self.owner[self.carried[vertex as usize] as usize]
    }

    fn is_circle(&self, blossom: u32) -> bool {
        blossom as usize >= self.vertices
    }

    fn circle(&self, blossom: u32) -> &Circle {
        &self.circles[blossom as usize - self.vertices]
    }

    /// All vertices of a blossom.
    fn leaves(&self, blossom: u32) -> Vec<u32> {
        let (mut leaves, mut stack) = (Vec::new(), vec![blossom]);
        while let Some(blossom) = stack.pop() {
            if self.is_circle(blossom) {
                stack.extend(&self.circle(blossom).kids);
            } else {
                leaves.push(blossom);
            }
        }
        leaves
    }
}

#[cfg(test)]
mod tests;
