use std::sync::Arc;

use kith::discord::client::Network;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// What a wire lets pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pass {
    /// All of it.
    #[default]
    All,
    /// What Kith asks is held before it reaches Discord.
    NoRequests,
    /// What Kith is answered is held, after its requests took effect.
    NoAnswers,
}

/// The wire between Kith and the sandbox's REST: what is on it can be held, at any moment.
pub struct Wire {
    /// Where Kith finds it.
    pub url: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    pass: watch::Sender<Pass>,
    /// How often it was cut.
    cuts: watch::Sender<usize>,
    /// How often something was held.
    held: watch::Sender<usize>,
}

impl Wire {
    /// A wire to a sandbox at `url`.
    pub async fn to(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = format!("http://{}", listener.local_addr().unwrap());
        let there = url.strip_prefix("http://").unwrap().to_owned();
        let shared = Arc::new(Shared::default());
        let all = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            loop {
                let (near, _) = listener.accept().await.unwrap();
                let Ok(far) = TcpStream::connect(&there).await else { continue };
                tokio::spawn(connected(near, far, Arc::clone(&all)));
            }
        });
        Self { url: own, shared, task }
    }

    /// A wire through which `https://discord.com` is the sandbox at `url`: what Kith has to be told of the network.
    pub async fn over_tls(url: &str) -> (Self, Network) {
        let key = rcgen::generate_simple_self_signed(["discord.com".to_owned()]).unwrap();
        let chain = vec![key.cert.der().clone()];
        let private = PrivateKeyDer::Pkcs8(key.signing_key.serialize_der().into());
        let server = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, private).unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(server));

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let there = url.strip_prefix("http://").unwrap().to_owned();
        let shared = Arc::new(Shared::default());
        let all = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            loop {
                let (near, _) = listener.accept().await.unwrap();
                let Ok(far) = TcpStream::connect(&there).await else { continue };
                let (acceptor, all) = (acceptor.clone(), Arc::clone(&all));
                tokio::spawn(async move {
                    let near = acceptor.accept(near).await.unwrap();
                    connected(near, far, all).await;
                });
            }
        });
        let authority = reqwest::Certificate::from_der(key.cert.der()).unwrap();
        let network = Network { authority: Some(authority), address: Some(address) };
        (Self { url: "https://discord.com".to_owned(), shared, task }, network)
    }

    /// From now on only this passes. What was held goes on once it may.
    pub fn lets(&self, pass: Pass) {
        self.shared.pass.send_replace(pass);
    }

    /// Cuts every connection; what was held never arrives.
    pub fn is_cut(&self) {
        self.shared.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// How often something has been held so far.
    pub fn held(&self) -> usize {
        *self.shared.held.borrow()
    }

    /// Comes back once something more has been held than `before`.
    pub async fn holds_more_than(&self, before: usize) {
        self.shared.held.subscribe().wait_for(|held| *held > before).await.unwrap();
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Carries both ways between two ends, until the far one has ended or the wire is cut.
async fn connected(near: impl AsyncRead + AsyncWrite, far: TcpStream, shared: Arc<Shared>) {
    let mut cuts = shared.cuts.subscribe();
    cuts.mark_unchanged();
    let (near_in, mut near_out) = tokio::io::split(near);
    let (far_in, mut far_out) = far.into_split();
    let there = async {
        carry(near_in, &mut far_out, Pass::NoRequests, &shared).await;
        // What was sent before the end is still heard there, and the answer closes the rest.
        std::future::pending::<()>().await;
    };
    let back = carry(far_in, &mut near_out, Pass::NoAnswers, &shared);
    tokio::select! {
        biased;
        _ = cuts.changed() => {}
        () = there => {}
        () = back => {}
    }
}

async fn carry(
    mut from: impl AsyncRead + Unpin,
    to: &mut (impl AsyncWrite + Unpin),
    held_by: Pass,
    shared: &Shared,
) {
    let mut pass = shared.pass.subscribe();
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        if *pass.borrow_and_update() == held_by {
            shared.held.send_modify(|held| *held += 1);
            if pass.wait_for(|pass| *pass != held_by).await.is_err() {
                return;
            }
        }
        if to.write_all(&buffer[..read]).await.is_err() {
            return;
        }
    }
}
