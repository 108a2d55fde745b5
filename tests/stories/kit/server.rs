use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A program that serves until it is dropped: then it is killed.
pub struct Server {
    child: Child,
    /// What it told after the words that were waited for.
    pub told: String,
    /// Kept, so that it can go on telling.
    _stdout: BufReader<ChildStdout>,
}

impl Server {
    /// Starts it and waits for the words; `None` where there is no such program.
    pub fn start(command: &mut Command, words: &str) -> Option<Self> {
        let started = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = match started {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
            started => started.unwrap(),
        };
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        loop {
            let mut line = String::new();
            assert!(stdout.read_line(&mut line).unwrap() > 0, "{command:?} does not start");
            if let Some((_, told)) = line.split_once(words) {
                let told = told.trim().trim_end_matches('.').to_owned();
                return Some(Self { child, told, _stdout: stdout });
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
