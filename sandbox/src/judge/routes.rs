//! From a method and a path to the operation that Discord describes.

use serde_json::Value;

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// One described call.
#[derive(Debug)]
pub(super) struct Operation {
    /// `POST /channels/{channel_id}/messages`.
    pub name: String,
    /// JSON pointer to the path's item, which holds arguments common to all methods.
    pub path_pointer: String,
    /// JSON pointer to the operation.
    pub pointer: String,
    method: &'static str,
    segments: Vec<Segment>,
}

#[derive(Debug)]
enum Segment {
    Fixed(String),
    Argument(String),
}

/// All described calls.
#[derive(Debug)]
pub(super) struct Routes(Vec<Operation>);

impl Routes {
    /// Reads the `paths` of a description; none when it has none.
    pub(super) fn new(document: &Value) -> Option<Self> {
        let mut operations = Vec::new();
        for (path, item) in document.get("paths")?.as_object()? {
            for method in METHODS {
                if item.get(method).is_none() {
                    continue;
                }
                let path_pointer = format!("/paths/{}", path.replace('~', "~0").replace('/', "~1"));
                operations.push(Operation {
                    name: format!("{} {path}", method.to_ascii_uppercase()),
                    pointer: format!("{path_pointer}/{method}"),
                    path_pointer,
                    method,
                    segments: segments(path).map(Segment::read).collect(),
                });
            }
        }
        Some(Self(operations))
    }

    /// The operation for a path, with the values of its arguments by name.
    /// Where several fit (`@me` and an id), the one with more fixed words wins.
    pub(super) fn find<'a>(
        &self,
        method: &str,
        path: &'a str,
    ) -> Option<(&Operation, Vec<(String, &'a str)>)> {
        let given: Vec<&str> = segments(without_version(path)).collect();
        let fits = self.0.iter().filter(|operation| operation.method == method);
        let (operation, arguments) = fits
            .filter_map(|operation| Some((operation, operation.arguments(&given)?)))
            .min_by_key(|(_, arguments)| arguments.len())?;
        Some((operation, arguments))
    }
}

impl Operation {
    fn arguments<'a>(&self, given: &[&'a str]) -> Option<Vec<(String, &'a str)>> {
        if given.len() != self.segments.len() {
            return None;
        }
        let mut arguments = Vec::new();
        for (segment, value) in self.segments.iter().zip(given) {
            match segment {
                Segment::Fixed(word) if word == value => {}
                Segment::Fixed(_) => return None,
                Segment::Argument(name) => arguments.push((name.clone(), *value)),
            }
        }
        Some(arguments)
    }
}

impl Segment {
    fn read(text: &str) -> Self {
        match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
            Some(name) => Self::Argument(name.to_owned()),
            None => Self::Fixed(text.to_owned()),
        }
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// The path without `/api` and a version before it.
fn without_version(path: &str) -> &str {
    let Some(rest) = path.strip_prefix("/api") else { return path };
    let Some(versioned) = rest.strip_prefix("/v") else { return rest };
    versioned.find('/').map_or("", |end| &versioned[end..])
}

/// Makes a JSON pointer fit for the fragment of an address.
pub(super) fn escape_fragment(pointer: &str) -> String {
    pointer.replace('%', "%25").replace('{', "%7B").replace('}', "%7D")
}
