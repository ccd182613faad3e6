//! `serve`: the web desk.

use anyhow::{Context, Result};

use crate::arguments::{self, Serve};
use crate::clock;
use crate::desk::Places;
use crate::exit::Outcome;
use crate::settings::Common;

pub(crate) fn run(typed: &Serve, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let places = Places::new(at)?;
    let key = places.key()?;
    let is_here = typed.listen.ip().is_loopback();
    let runtime = tokio::runtime::Runtime::new().context("could not start the runtime")?;
    runtime.block_on(async {
        let store = store::Store::open_existing(&places.address, &key).await?;
        let router = web::router(web::Desk::new(store, clock::now, !is_here));
        let listener = tokio::net::TcpListener::bind(typed.listen)
            .await
            .with_context(|| format!("could not listen on {}", typed.listen))?;
        common.output.note(format_args!(
            "the desk is at http://{} until Ctrl-C; `account set` lets people log in",
            listener.local_addr().unwrap_or(typed.listen)
        ));
        if !is_here {
            common
                .output
                .note("others can reach it: put a proxy with TLS before it, browsers log in over TLS only");
        }
        axum::serve(listener, router).await.context("the desk stopped")
    })?;
    Ok(Outcome::Nothing)
}
