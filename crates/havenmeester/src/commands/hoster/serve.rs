//! `serve`: the web desk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use store::{MasterKey, Store};

use super::super::init;
use crate::arguments::{self, Serve};
use crate::clock;
use crate::desk::{self, Places};
use crate::desk_demo;
use crate::exit::Outcome;
use crate::facts::Registers;
use crate::failure::Failure;
use crate::house::House;
use crate::identity_provider::HouseProvider;
use crate::office_desk::OfficeDesk;
use crate::settings::Common;
use crate::{customer_letters, gate, notices, retention, schedules, sign_up_policy};

/// Where the demo lives, in the current folder, unless a home is named.
const DEMO_FOLDER: &str = "havenmeester-desk-demo";

pub(crate) fn run(typed: &Serve, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let is_here = typed.listen.ip().is_loopback();
    if typed.demo && !is_here {
        return Err(Failure::new(
            format!(
                "the demo lets everybody in without a password, and {} is not this machine",
                typed.listen
            ),
            "leave --listen out",
        )
        .into());
    }
    let at = if typed.demo { demo_places(at) } else { at.clone() };
    let runtime = tokio::runtime::Runtime::new().context("could not start the runtime")?;
    let (places, key) = if typed.demo { demo(&at, &runtime, common)? } else { opened(&at)? };
    let provider = HouseProvider::read(&places.home)?;
    let is_behind_tls = provider.as_ref().is_some_and(|provider| provider.is_over_tls);
    let policy = Arc::new(sign_up_policy::of_house(&places.home)?);
    let registers = Registers::of_house(&places.home)?.map(Arc::new);
    let told = notices::House::read(&places.home)?;
    let scheduled = schedules::of_house(&places.home)?;
    let by_itself = at.clone();
    let settings = web::Settings {
        now: clock::now,
        only_over_tls: !is_here || is_behind_tls,
        uploads: uploads(&places.home)?,
        program: Box::new(House { at: at.clone(), registers: registers.clone() }),
        office: Some(Box::new(OfficeDesk { at })),
        sign_in: provider.map(|provider| Box::new(provider) as Box<dyn web::SignIn>),
        retention_months: customer_letters::retention_months(&places.home)?,
        policy: Arc::clone(&policy),
        without_password: if typed.demo { desk_demo::people() } else { Vec::new() },
        demo_keys: typed.demo.then(|| desk_demo::keys_told(&places.home)),
    };
    let months = settings.retention_months;
    runtime.block_on(async {
        let store = Store::open_existing(&places.address, &key).await?;
        let desk = web::Desk::new(store, settings);
        if desk.resume().context("could not remove a customer file of an earlier run")? {
            common.output.note("a screening that broke off is taken up again");
        }
        // All that works beside the pages writes through the same store: its acts come one after the other in the order in
        // which they were asked for, where two stores would wait for the file by trying again.
        let beside = desk.store();
        let router = web::router(desk);
        if let Some(told) = told {
            notices::begin(Arc::clone(&beside), told, policy.mode, common.output);
        }
        schedules::begin(&beside, scheduled, &by_itself, common.output);
        tokio::spawn(gate::work(Arc::clone(&beside), policy, registers, common.output));
        tokio::spawn(retention::every_day(beside, months, common.output));
        let listener = tokio::net::TcpListener::bind(typed.listen)
            .await
            .with_context(|| format!("could not listen on {}", typed.listen))?;
        let address = listener.local_addr().unwrap_or(typed.listen);
        let who = if typed.demo { "everybody in it is invented" } else { "`account set` lets people log in" };
        common.output.note(format_args!("the desk is at http://{address} until Ctrl-C; {who}"));
        if !is_here {
            common
                .output
                .note("others can reach it: put a proxy with TLS before it, browsers log in over TLS only");
        }
        let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
        axum::serve(listener, service).await.context("the desk stopped")
    })?;
    Ok(Outcome::Nothing)
}

fn opened(at: &arguments::Desk) -> Result<(Places, MasterKey)> {
    let places = Places::new(at)?;
    let key = places.key()?;
    Ok((places, key))
}

/// The demo has its own folder, database and key, and touches no other.
fn demo_places(at: &arguments::Desk) -> arguments::Desk {
    let home = at.home.clone().unwrap_or_else(|| PathBuf::from(DEMO_FOLDER));
    arguments::Desk {
        database: Some(format!("sqlite:{}", home.join("demo.db").display())),
        key_file: Some(home.join("demo.key")),
        home: Some(home),
        ..at.clone()
    }
}

/// Fills the folder of the demo, unless it was filled before.
fn demo(
    at: &arguments::Desk,
    runtime: &tokio::runtime::Runtime,
    common: &Common,
) -> Result<(Places, MasterKey)> {
    let places = Places::new(at)?;
    if places.key_file.exists() {
        return opened(at);
    }
    let is_empty = std::fs::read_dir(&places.home).map_or(true, |mut files| files.next().is_none());
    if !is_empty {
        return Err(Failure::new(
            format!("{} is not empty, and not a demo", places.home.display()),
            "name an empty folder with --home",
        )
        .into());
    }
    let quiet = Common { output: crate::output::Output { quiet: true }, ..*common };
    init::run(at, &quiet)?;
    let (places, key) = opened(at)?;
    let house = House { at: at.clone(), registers: None };
    runtime.block_on(desk_demo::fill(&places, &key, &house, clock::now()))?;
    common.output.note(format_args!("an invented house is in {}", places.home.display()));
    Ok((places, key))
}

/// The folder for files that are being worked on. What an earlier run left there is removed: it holds customers.
fn uploads(home: &Path) -> Result<PathBuf> {
    let folder = home.join("uploads");
    desk::make_folder(&folder)?;
    let emptied = || {
        for left in std::fs::read_dir(&folder)? {
            let left = left?;
            // A screening on its way is taken up again.
            if left.file_name() != web::RUNNING {
                std::fs::remove_dir_all(left.path())?;
            }
        }
        std::io::Result::Ok(())
    };
    emptied().with_context(|| format!("could not empty {}", folder.display()))?;
    Ok(folder)
}
