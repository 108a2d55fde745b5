use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What a wire does with what comes through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pass {
    /// All of it passes.
    #[default]
    All,
    /// What Kith asks is held.
    NoRequests,
    /// What Kith is answered is held, after its requests took effect.
    NoAnswers,
}

/// The wire between Kith and the sandbox's REST: what is on it can be held, at any moment.
pub struct Wire {
    /// Where Kith finds it.
    pub url: String,
    pass: Arc<watch::Sender<Pass>>,
    held: watch::Receiver<usize>,
    task: JoinHandle<()>,
}

impl Wire {
    /// A wire to a sandbox at `url`.
    pub async fn to(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = format!("http://{}", listener.local_addr().unwrap());
        let there = url.strip_prefix("http://").unwrap().to_owned();
        let pass = Arc::new(watch::Sender::new(Pass::All));
        let (holding, held) = watch::channel(0_usize);
        let passing = Arc::clone(&pass);
        let task = tokio::spawn(async move {
            loop {
                let (near, _) = listener.accept().await.unwrap();
                let far = TcpStream::connect(&there).await.unwrap();
                connect(near, far, &passing, &holding);
            }
        });
        Self { url: own, pass, held, task }
    }

    /// From now on only this passes. What was held goes on once it may.
    pub fn lets(&self, pass: Pass) {
        self.pass.send_replace(pass);
    }

    /// Comes back once something more is being held than `before`; says how much has been held so far.
    pub async fn holds_more_than(&self, before: usize) -> usize {
        let mut held = self.held.clone();
        let now = *held.wait_for(|held| *held > before).await.unwrap();
        now
    }

    /// How often something has been held so far.
    pub fn held(&self) -> usize {
        *self.held.borrow()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Carries both ways between two ends until both have ended.
fn connect(near: TcpStream, far: TcpStream, pass: &Arc<watch::Sender<Pass>>, holding: &watch::Sender<usize>) {
    let (near_in, near_out) = near.into_split();
    let (far_in, far_out) = far.into_split();
    tokio::spawn(carry(near_in, far_out, pass.subscribe(), Pass::NoRequests, holding.clone()));
    tokio::spawn(carry(far_in, near_out, pass.subscribe(), Pass::NoAnswers, holding.clone()));
}

async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut pass: watch::Receiver<Pass>,
    held_by: Pass,
    holding: watch::Sender<usize>,
) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        if *pass.borrow_and_update() == held_by {
            holding.send_modify(|held| *held += 1);
            if pass.wait_for(|pass| *pass != held_by).await.is_err() {
                return;
            }
        }
        if to.write_all(&buffer[..read]).await.is_err() {
            return;
        }
    }
    let _ = to.shutdown().await;
}
