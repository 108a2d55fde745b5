use super::*;

/// A simple source of numbers, so that a failure names its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn graph(seed: u64, vertices: u32, density: u64, top: u64) -> Vec<(u32, u32, Weight)> {
    let mut dice = Dice(seed);
    let mut edges = Vec::new();
    for a in 0..vertices {
        for b in a + 1..vertices {
            if dice.roll(100) < density {
                edges.push((a, b, i64::try_from(dice.roll(top)).unwrap()));
            }
        }
    }
    edges
}

fn weight_of(graph: &Blossom, edges: &[(u32, u32, Weight)]) -> Weight {
    let mates = graph.mates();
    for (vertex, mate) in mates.iter().enumerate() {
        if let Some(mate) = mate {
            assert_eq!(mates[*mate as usize], Some(u32::try_from(vertex).unwrap()));
        }
    }
    edges.iter().filter(|(a, b, _)| mates[*a as usize] == Some(*b)).map(|(_, _, weight)| weight).sum()
}

/// The proof: nothing is negative, no edge lacks a price, and the dual is twice the weight.
fn holds(graph: &Blossom, edges: &[(u32, u32, Weight)], seed: u64) {
    assert!((0..graph.vertices).all(|vertex| graph.price(vertex) >= 0), "seed {seed}");
    assert!(graph.rebate.iter().all(|rebate| *rebate >= 0), "seed {seed}");
    for (a, b, weight) in edges {
        assert!(graph.slack_within(*a, *b, 2 * *weight) >= 0, "seed {seed}: {a} {b}");
    }
    assert_eq!(graph.dual(), 2 * weight_of(graph, edges), "seed {seed}");
}

#[test]
fn thousands_of_small_graphs_are_solved_with_proof() {
    for seed in 0..20_000 {
        let mut dice = Dice(seed ^ 0xabcd);
        let (size, density, top) = (dice.roll(11) as u32, 10 + dice.roll(91), 1 + dice.roll(12));
        let edges = graph(seed, size, density, top);
        let mut blossom = Blossom::of(size as usize, &edges);
        blossom.solve(&Progress::new()).unwrap();
        holds(&blossom, &edges, seed);
    }
}

#[test]
fn larger_graphs_with_many_blossoms_are_solved_with_proof() {
    for seed in 0..60 {
        let edges = graph(seed, 80, [4, 10, 40][seed as usize % 3], [3, 20, 100_000][seed as usize / 3 % 3]);
        let mut blossom = Blossom::of(80, &edges);
        blossom.solve(&Progress::new()).unwrap();
        holds(&blossom, &edges, seed);
    }
}

#[test]
fn edges_that_come_later_are_as_good_as_those_from_the_start() {
    for seed in 0..3_000 {
        let edges = graph(seed, 4 + seed as u32 % 16, 60, [3, 20, 1_000][seed as usize % 3]);
        let mut dice = Dice(seed);
        let (now, later): (Vec<_>, Vec<_>) = edges.iter().copied().partition(|_| dice.roll(2) == 0);
        let mut blossom = Blossom::of(4 + seed as usize % 16, &now);
        blossom.solve(&Progress::new()).unwrap();
        for part in later.chunks(3) {
            for (a, b, weight) in part {
                blossom.add(*a, *b, *weight);
            }
            blossom.solve(&Progress::new()).unwrap();
        }
        holds(&blossom, &edges, seed);
    }
}
