//! Groups that somebody made by hand.

use super::world::{KINDS, world};
use crate::rounds::matching::{
    Broken, Error, Given, Person, Problem, Progress, Reason, Role, Shape, judge, solve_around,
};

fn person(id: &str, role: Role) -> Person {
    Person { id: id.to_owned(), role, ..Person::default() }
}

fn ids(groups: &[&[&str]]) -> Vec<Vec<String>> {
    groups.iter().map(|group| group.iter().map(|id| (*id).to_owned()).collect()).collect()
}

fn mentoring() -> Problem {
    let mut people = vec![
        person("ana", Role::Mentor),
        person("ben", Role::Mentor),
        person("cy", Role::Mentee),
        person("dee", Role::Mentee),
        person("eve", Role::Mentee),
        person("flo", Role::Mentee),
        person("gus", Role::Sponsor),
        person("hal", Role::Peer),
    ];
    people[0].capacity = Some(2);
    people[2].avoid = vec!["dee".to_owned()];
    people[4].languages = vec!["de".to_owned()];
    people[5].languages = vec!["fr".to_owned(), "en".to_owned()];
    people[1].languages = vec!["DE".to_owned(), "fr".to_owned()];
    let excluded = vec![["ana".to_owned(), "flo".to_owned()]];
    Problem { shape: Shape::MentorGroups { max_mentees: 3 }, people, excluded, ..Problem::default() }
}

fn broken(problem: &Problem, groups: &[&[&str]]) -> Vec<Broken> {
    judge(problem, &ids(groups)).unwrap_err()
}

#[test]
fn each_rule_that_is_broken_is_told() {
    let problem = mentoring();
    let text = |id: &str| id.to_owned();
    assert_eq!(broken(&problem, &[&["ana", "zed", "cy"]]), [Broken::Unknown(text("zed"))]);
    assert_eq!(broken(&problem, &[&["ana", "cy"], &["ben", "cy", "dee"]]), [Broken::Twice(text("cy"))]);
    assert_eq!(broken(&problem, &[&["ana", "cy", "cy"]]), [Broken::Twice(text("cy"))]);
    assert!(broken(&problem, &[&["ana", "cy", "hal"]]).contains(&Broken::RoleNotInShape(text("hal"))));
    let avoided = Broken::Avoided { by: text("cy"), whom: text("dee") };
    assert_eq!(broken(&problem, &[&["ana", "cy", "dee"]]), [avoided]);
    assert_eq!(broken(&problem, &[&["ana", "flo"]]), [Broken::Excluded(text("ana"), text("flo"))]);
    assert_eq!(
        broken(&problem, &[&["ben", "eve", "flo"]]),
        [Broken::NoCommonLanguage(text("eve"), text("flo"))]
    );
    assert_eq!(broken(&problem, &[&["cy", "eve"]]), [Broken::NoMentor(text("cy"))]);
    assert_eq!(broken(&problem, &[&["ana"]]), [Broken::NoMentee(text("ana"))]);
    assert_eq!(broken(&problem, &[&["ana", "ben", "cy"]]), [Broken::TwoMentors(text("ana"), text("ben"))]);
    let over = Broken::OverCapacity { id: text("gus"), room: 1, given: 2 };
    assert_eq!(broken(&problem, &[&["ana", "cy", "gus"], &["ben", "dee", "gus"]]), [over]);
    let mut small = problem.clone();
    small.people[0].capacity = Some(1);
    let over = Broken::OverCapacity { id: text("ana"), room: 1, given: 2 };
    assert_eq!(broken(&small, &[&["ana", "cy", "eve"]]), [over]);
}

#[test]
fn sizes_and_named_pairs_are_rules_as_well() {
    let peers: Vec<Person> = ["a", "b", "c", "d", "e"].iter().map(|id| person(id, Role::Peer)).collect();
    let pairs = Problem { people: peers.clone(), shape: Shape::Pairs { trio: true }, ..Problem::default() };
    assert!(judge(&pairs, &ids(&[&["a", "b", "c"], &["d", "e"]])).is_ok());
    assert_eq!(broken(&pairs, &[&["a"]]), [Broken::TooSmall { people: 1, least: 2 }]);
    assert_eq!(broken(&pairs, &[&["a", "b", "c", "d"]]), [Broken::TooLarge { people: 4, most: 3 }]);
    let circles = Problem { shape: Shape::Circles { min: 3, max: 3 }, ..pairs.clone() };
    assert_eq!(broken(&circles, &[&["a", "b"]]), [Broken::TooSmall { people: 2, least: 3 }]);
    let given = vec![Given { pair: ["b".to_owned(), "a".to_owned()], fit: 0.5 }];
    let named = Problem { given, fit_only: true, ..pairs };
    assert!(judge(&named, &ids(&[&["a", "b"]])).is_ok());
    assert_eq!(broken(&named, &[&["a", "c"]]), [Broken::NotNamed("a".to_owned(), "c".to_owned())]);
}

#[test]
fn groups_that_stand_stay_and_the_others_are_made_around_them() {
    for shape in [
        Shape::MentorGroups { max_mentees: 3 },
        Shape::Pairs { trio: true },
        Shape::Circles { min: 3, max: 4 },
    ] {
        let problem = world(11, 25, shape, KINDS[0]);
        let first = crate::rounds::matching::solve(&problem, 1, &Progress::new()).unwrap();
        let stand = vec![first.groups[1].people.clone(), first.groups[0].people.clone()];
        let around = solve_around(&problem, &stand, 2, &Progress::new()).unwrap();
        for group in &stand {
            assert!(around.groups.iter().any(|other| other.people == *group), "{shape:?}");
        }
        assert!((around.total - first.total).abs() < 1e-6 || matches!(shape, Shape::Circles { .. }));
        assert!(around.bound >= around.total);
    }
    let wrong = solve_around(&mentoring(), &ids(&[&["ana", "flo"]]), 1, &Progress::new());
    assert!(matches!(wrong, Err(Error::Broken(broken)) if broken.len() == 1));
}

#[test]
fn half_days_in_common_are_those_of_all_but_the_sponsor() {
    let mut problem = mentoring();
    let common = |problem: &Problem| -> Vec<Reason> {
        let outcome = judge(problem, &ids(&[&["ana", "cy", "eve", "gus"]])).unwrap();
        let reasons = outcome.groups.into_iter().flat_map(|group| group.reasons);
        reasons.filter(|reason| matches!(reason, Reason::CommonHalfDays(_))).collect()
    };
    for (number, half_days) in [(0, vec![0, 3, 6]), (2, vec![0, 3]), (4, vec![3, 0, 9]), (6, vec![20])] {
        problem.people[number].half_days = half_days;
    }
    assert_eq!(common(&problem), [Reason::CommonHalfDays(2)]);
    // A mentee who shares none with the others is no sponsor: the mentor shares some with each.
    problem.people[4].half_days = vec![6];
    assert_eq!(common(&problem), []);
}
