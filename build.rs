//! Builds again when a file of texts comes or goes: the compiler sees only changes within them.

fn main() {
    println!("cargo::rerun-if-changed=config");
}
