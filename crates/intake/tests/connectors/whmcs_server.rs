//! An invented WHMCS: pages of 25 at most where nobody asks otherwise, numbers as text here and as numbers there, zero
//! dates, HTML in the last login, passwords in the products.

use std::sync::RwLock;

use intake::connectors::{Answer, Connector, Kind, Options};
use serde_json::{Value, json};

use crate::server::{Asked, connector, json, ok};

pub(crate) const SECRET: &str = "MUST-BE-DROPPED";

/// The clients that there are, by number. Tests take some away while they are read.
pub(crate) struct Whmcs {
    pub(crate) clients: RwLock<Vec<u64>>,
}

impl Whmcs {
    pub(crate) fn with(count: u64) -> Self {
        Self { clients: RwLock::new((1..=count).collect()) }
    }

    pub(crate) fn remove(&self, id: u64) {
        self.clients.write().unwrap().retain(|client| *client != id);
    }

    pub(crate) fn add(&self, id: u64) {
        self.clients.write().unwrap().push(id);
    }

    pub(crate) fn connector() -> Connector {
        connector(Kind::Whmcs, Options { page: Some(5), ..Options::default() })
    }

    pub(crate) fn answer(&self, asked: &Asked) -> Answer {
        assert_eq!(asked.path, "/includes/api.php");
        assert_eq!((asked.value("identifier"), asked.value("secret")), ("reader", "between us"));
        let id = asked.value(if asked.value("action") == "GetContacts" { "userid" } else { "clientid" });
        let id: u64 = id.parse().unwrap_or(0);
        if asked.value("action") == "GetClients" {
            return json(&self.list(asked));
        }
        if !self.clients.read().unwrap().contains(&id) {
            return ok(r#"{"result":"error","message":"Client Not Found"}"#);
        }
        match asked.value("action") {
            "GetClientsDetails" => json(&details(id)),
            "GetContacts" => json(&paged(asked, "contacts", "contact", contacts(id))),
            "GetClientsProducts" => json(&paged(asked, "products", "product", products(id))),
            "GetClientsDomains" => json(&paged(asked, "domains", "domain", domains(id))),
            other => panic!("{other} is no call that only reads"),
        }
    }

    fn list(&self, asked: &Asked) -> Value {
        assert_eq!(asked.value("orderby"), "id");
        let clients = self.clients.read().unwrap();
        let all = clients.iter().map(|id| {
            json!({"id": id, "firstname": "Sam", "lastname": "Voorbeeld", "companyname": "", "email": "x",
                   "datecreated": if id % 7 == 0 { "0000-00-00" } else { "2024-05-01" },
                   "groupid": 0, "status": if id % 5 == 0 { "Closed" } else { "Active" }})
        });
        paged(asked, "clients", "client", all.collect())
    }
}

fn paged(asked: &Asked, outer: &str, inner: &str, all: Vec<Value>) -> Value {
    let (start, count) = (asked.number("limitstart", 0), asked.number("limitnum", 25));
    let total = all.len();
    let rows: Vec<Value> = all.into_iter().skip(start).take(count).collect();
    let returned = rows.len();
    let content = if rows.is_empty() { json!("") } else { json!({inner: rows}) };
    // WHMCS writes some counts as text.
    json!({"result": "success", "totalresults": total.to_string(), "startnumber": start,
           "numreturned": returned, outer: content})
}

fn details(id: u64) -> Value {
    json!({"result": "success", "client": {
        "client_id": id, "userid": id, "id": id, "uuid": format!("00000000-0000-4000-8000-{id:012}"),
        "firstname": "Sam", "lastname": format!("Voorbeeld{id}"),
        "companyname": format!("Nordwind {id} Hosting &amp; Colo"), "email": format!("billing@c{id}.example"),
        "address1": format!("{id} Sample Street"), "address2": "", "city": "London", "state": "",
        "postcode": "EC1A 1AA", "country": "GB", "phonenumber": "2079460000", "phonecc": "44",
        "phonenumberformatted": format!("+44.207946{id:04}"), "tax_id": "", "notes": SECRET, "password": SECRET,
        "lastlogin": format!("Date: 12/03/2026 10:26<br>IP Address: 203.0.113.{}<br>Host: {SECRET}", id % 250),
        "customfields": [{"id": 7, "value": format!("@nordwind{id}")}, {"id": 9, "value": SECRET}],
        "users": {"user": [{"id": 9000 + id, "name": "Noc", "email": format!("noc@c{id}.example")}]}}})
}

fn contacts(id: u64) -> Vec<Value> {
    let contact = |number: u64| {
        json!({"id": number, "userid": id, "firstname": "Kim", "lastname": format!("Contact{number}"),
               "companyname": "", "email": format!("kim{number}@c{id}.example"), "phonenumber": "",
               "created": "0000-00-00 00:00:00"})
    };
    (0..id % 3).map(contact).collect()
}

/// Some have more than one page of them.
fn products(id: u64) -> Vec<Value> {
    let count = if id == 3 { 130 } else { id % 3 };
    let product = |number: u64| {
        json!({"id": number.to_string(), "clientid": id.to_string(), "name": "Dedicated",
               "domain": format!("s{number}.c{id}.example"), "dedicatedip": format!("192.0.2.{}", number % 250),
               "assignedips": "198.51.100.0/28\r\n203.0.113.5", "serverip": "203.0.113.5",
               "serverhostname": "saturn.hoster.example", "servername": "Saturn", "status": "Terminated",
               "username": SECRET, "password": SECRET, "notes": SECRET, "ns1": "ns1.hoster.example", "ns2": "",
               "customfields": {"customfield": []}})
    };
    (0..count).map(product).collect()
}

fn domains(id: u64) -> Vec<Value> {
    (0..id % 2)
        .map(|number| json!({"id": number, "domainname": format!("own{number}.c{id}.example")}))
        .collect()
}
