//! The other billing panels: what is kept of a customer, from answers as each program documents them.

use intake::connectors::{Answer, CustomField, Fault, Kind, Options};
use intake::customers::Field;
use serde_json::{Value, json};
use watchlist::IdentifierKind;

use crate::server::{Asked, Server, connector, json, lines, read, status};

const SECRET: &str = "MUST-BE-DROPPED";

/// Reads a panel and shows its customers; what must be dropped is nowhere.
#[track_caller]
fn shown(kind: Kind, options: Options, handler: impl Fn(&Asked) -> Answer + Sync) -> String {
    let records = read(&connector(kind, options), &Server::new(&handler)).unwrap();
    let text = lines(&records).join("\n");
    assert!(!text.contains(SECRET));
    text
}

fn pages(asked: &Asked, all: &[Value]) -> (Vec<Value>, usize) {
    let (page, count) = (asked.number("page", 1), asked.number("per_page", 100));
    (all.iter().skip((page - 1) * count).take(count).cloned().collect(), all.len().div_ceil(count).max(1))
}

fn fossbilling(asked: &Asked) -> Answer {
    // `admin:between us`
    assert_eq!(asked.headers["authorization"], "Basic YWRtaW46YmV0d2VlbiB1cw==");
    let client = |id: u64| {
        json!({"id": id, "aid": null, "email": format!("a{id}@orchard.example"), "billing_email": null,
               "status": "canceled", "first_name": "Ilse", "last_name": "Boom", "company": format!("Orchard {id}"),
               "company_vat": "NL000000000B00", "company_number": "01234567", "phone_cc": 31, "phone": "0205550102",
               "address_1": "Kade 1", "address_2": "", "city": "Zwolle", "postcode": "8011 AA", "country": "NL",
               "ip": "192.0.2.50", "created_at": "2025-01-02T03:04:05+00:00", "birthday": SECRET, "pass": SECRET,
               "salt": SECRET, "api_token": SECRET, "notes": SECRET, "custom_1": "@boom", "custom_2": SECRET})
    };
    let list = |all: &[Value]| {
        let (list, count) = pages(asked, all);
        json!({"result": {"pages": count, "page": 1, "per_page": 2, "total": all.len(), "list": list}, "error": null})
    };
    let answer = match asked.path.as_str() {
        "/api/admin/client/get_list" => list(&[client(1), client(2), client(3)]),
        "/api/admin/order/get_list" => {
            let own = asked.value("client_id").to_owned();
            let order = |kind: &str, state: &str| {
                json!({"id": format!("{own}{kind}"), "client_id": own, "title": format!("Plan {kind}"),
                       "service_type": kind, "status": state, "config": {"password": SECRET}, "reason": SECRET})
            };
            list(&[order("hosting", "active"), order("domain", "canceled"), order("license", "active")])
        }
        "/api/admin/order/service" => match asked.value("id") {
            "1hosting" => {
                json!({"result": {"sld": "orchard", "tld": ".example", "ip": "203.0.113.5", "pass": SECRET,
                "username": SECRET, "server": {"name": "Saturn", "ip": "203.0.113.5", "password": SECRET}}})
            }
            "2hosting" => {
                json!({"result": {"domain": "own.example", "ip": "192.0.2.9", "server": {"ip": "203.0.113.5"}}})
            }
            "3domain" => json!({"result": {"sld": "kade", "tld": ".nl.example", "ns1": "ns1.kade.example",
                "contact_email": "nic@kade.example", "contact_company": "Kade Nine"}}),
            "3hosting" => json!({"result": {"domain": "third.example", "ip": ""}}),
            _ => json!({"result": null, "error": {"message": "Order has no service", "code": 1}}),
        },
        other => panic!("{other}"),
    };
    json(&answer)
}

#[test]
fn fossbilling_clients_come_with_their_orders() {
    let custom = vec![CustomField { key: "custom_1".to_owned(), field: Field::Telegram }];
    let options = Options { page: Some(2), custom, ..Options::default() };
    insta::assert_snapshot!(shown(Kind::FossBilling, options, fossbilling));
}

#[test]
fn an_active_service_that_fossbilling_does_not_give_makes_the_read_fail() {
    let handler = |asked: &Asked| match asked.value("id") {
        "2hosting" => json(&json!({"result": null, "error": {"message": "x", "code": 1}})),
        _ => fossbilling(asked),
    };
    let connector = connector(Kind::FossBilling, Options::default());
    assert_eq!(read(&connector, &Server::new(&handler)).unwrap_err(), Fault::SaysNo);
}

fn paymenter(asked: &Asked) -> Answer {
    assert_eq!(asked.headers["authorization"], "Bearer between us");
    let property = |key: &str, value: &str| json!({"type": "properties", "id": key, "attributes": {"key": key, "name": key, "value": value}});
    let answer = match asked.path.as_str() {
        "/api/v1/admin/users" => {
            let users: Vec<Value> =
                (1..=5).map(|id| json!({"type": "users", "id": id.to_string(), "attributes": {}})).collect();
            let (data, count) = pages(asked, &users);
            let next = (asked.number("page", 1) < count).then_some("https://elsewhere.example/?page=2");
            json!({"data": data, "links": {"first": "x", "prev": null, "next": next}, "meta": {"current_page": 1}})
        }
        "/api/v1/admin/users/4" => return status(404),
        path if path.starts_with("/api/v1/admin/users/") => json!({
            "data": {"type": "users", "id": "1", "attributes": {"first_name": "Ilse", "last_name": "Boom",
                "email": format!("{}@orchard.example", path.rsplit('/').next().unwrap()),
                "created_at": "2025-01-02T03:04:05.000000Z", "password": SECRET}},
            "included": [property("company_name", "Orchard Nine"), property("phone", "+31 20 555 0102"),
                property("zip", "8011 AA"), property("kvk", "01234567"), property("birthday", SECRET),
                {"type": "services", "id": "70", "attributes": {"status": "cancelled"}}]}),
        "/api/v1/admin/services/70" => json!({
            "data": {"type": "services", "id": "70", "attributes": {"status": "cancelled", "price": "5"}},
            "included": [property("domain", "orchard.example"), property("root_password", SECRET),
                {"type": "products", "id": "3", "attributes": {"name": "VPS 2"}}]}),
        other => panic!("{other}"),
    };
    json(&answer)
}

#[test]
fn paymenter_users_come_with_their_properties() {
    let kvk = CustomField { key: "kvk".to_owned(), field: Field::Identifier(IdentifierKind::RegisterNumber) };
    let options = Options { page: Some(2), custom: vec![kvk], ..Options::default() };
    let connector = connector(Kind::Paymenter, options.clone());
    // User 4 stays in the list and cannot be had: nobody may take the rest for all.
    assert_eq!(read(&connector, &Server::new(&paymenter)).unwrap_err(), Fault::Unreadable(1));
    let whole = |asked: &Asked| {
        let four = asked.path.ends_with("/users/4");
        let path = if four { "/api/v1/admin/users/44".to_owned() } else { asked.path.clone() };
        paymenter(&Asked { path, values: asked.values.clone(), headers: asked.headers.clone() })
    };
    insta::assert_snapshot!(shown(Kind::Paymenter, options, whole));
}

fn blesta(asked: &Asked) -> Answer {
    // `reader:between us`
    assert_eq!(asked.headers["authorization"], "Basic cmVhZGVyOmJldHdlZW4gdXM=");
    let response = match asked.path.as_str() {
        "/api/clients/getListCount.json" => json!(3),
        "/api/clients/getList.json" => {
            assert_eq!(asked.value("status"), "all");
            match asked.value("page") {
                "1" => {
                    json!([{"id": 1, "id_code": "1501", "status": "active", "date_added": "2024-01-01 00:00:00"},
                              {"id": 2, "id_code": "1502", "status": "inactive"}])
                }
                "2" => json!([{"id": 3, "id_code": "1503", "status": "fraud"}]),
                _ => json!([]),
            }
        }
        "/api/contacts/getAll.json" => json!([
            {"id": "c1", "contact_type": "primary", "first_name": "Ilse", "last_name": "Boom", "company": "Orchard",
             "email": "ilse@orchard.example", "address1": "Kade 1", "city": "Zwolle", "zip": "8011 AA", "country": "NL"},
            {"id": "c2", "contact_type": "billing", "first_name": "Kim", "last_name": "Dijk", "email": "kim@orchard.example"}]),
        "/api/contacts/getNumbers.json" => json!([{"type": "phone", "number": "+31 20 555 0102"}]),
        "/api/services/getList.json" if asked.value("page") == "1" => json!([
            {"id": 9, "package": {"name": "VPS"}, "fields": [
                {"key": "virtualizor_hostname", "value": "vps9.orchard.example"}, {"key": "virtualizor_ip", "value": "192.0.2.9"},
                {"key": "virtualizor_password", "value": SECRET}]}]),
        "/api/services/getList.json" => json!(false),
        other => panic!("{other}"),
    };
    json(&json!({"response": response}))
}

#[test]
fn blesta_clients_are_called_by_the_number_that_people_see() {
    insta::assert_snapshot!(shown(Kind::Blesta, Options::default(), blesta));
}

fn hostbill(asked: &Asked) -> Answer {
    assert_eq!(
        (asked.path.as_str(), asked.value("api_id"), asked.value("api_key")),
        ("/admin/api.php", "reader", "between us")
    );
    let answer = match (asked.value("call"), asked.value("page")) {
        ("getClients", "0") => {
            json!({"success": true, "clients": [{"id": "8", "datecreated": "2011-11-12"}, {"id": "6"}]})
        }
        ("getClients", "1") => json!({"success": true, "clients": [{"id": "4"}]}),
        ("getClients", _) => json!({"success": true, "clients": []}),
        ("getClientDetails", _) => {
            json!({"success": true, "client": {"id": asked.value("id"), "firstname": "Jan", "lastname": "Blauw",
            "companyname": "", "email": format!("jan{}@kade.example", asked.value("id")), "country": "NL", "phonenumber": "+31205550102",
            "status": "Closed", "notes": SECRET, "password": SECRET, "ip": "192.0.2.77"}})
        }
        ("getClientAccounts", _) => {
            json!({"success": true, "accounts": [{"id": "42", "domain": "kade.example", "name": "Hosting",
            "password": SECRET}]})
        }
        ("getClientDomains", "0") => {
            json!({"success": true, "domains": {"1": {"id": "1", "name": "kade-own.example"}}})
        }
        ("getClientDomains", _) => json!({"success": true, "domains": []}),
        other => panic!("{other:?}"),
    };
    json(&answer)
}

#[test]
fn hostbill_is_read_until_a_page_is_empty() {
    insta::assert_snapshot!(shown(Kind::HostBill, Options::default(), hostbill));
}

#[test]
fn hostbill_says_in_its_answer_that_the_key_is_wrong() {
    let handler = |_: &Asked| json(&json!({"success": false, "error": ["Wrong API ID"]}));
    let connector = connector(Kind::HostBill, Options::default());
    assert_eq!(read(&connector, &Server::new(&handler)).unwrap_err(), Fault::Refused);
}
