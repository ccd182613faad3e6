//! What a customer rents, on which machine, and for how much: context of a decision, never compared with a list.

use super::Row;

const STATUS: usize = 17;
const PRODUCT: usize = 19;
const SERVER: usize = 20;
const AMOUNT: usize = 21;

/// Machines that many customers share, and such that some do.
const WEB_SERVERS: usize = 30;
const VPS_HOSTS: usize = 60;

/// Fills in what customer number `place` rents. It follows from the number alone, so that it takes no random number and
/// leaves all other values as they were. Who left rents nothing.
pub(super) fn rent(row: &mut Row, place: usize) {
    if row[STATUS] == "Closed" {
        return;
    }
    let (product, server, amount) = match place % 10 {
        0..=4 => ("Webhosting M", format!("web-{:02}", place / 10 % WEB_SERVERS + 1), "7.95"),
        5..=7 => ("VPS L", format!("vps-{:02}", place / 10 % VPS_HOSTS + 1), "24.00"),
        8 => ("Dedicated Server 64G", format!("ded-{place}"), "119.00"),
        _ => ("Domain only", String::new(), "1.25"),
    };
    row[PRODUCT] = product.to_owned();
    row[SERVER] = server;
    row[AMOUNT] = amount.to_owned();
}
