//! Address plans: who has which address, from answers as each program documents them.

use intake::connectors::{Answer, CustomField, Fault, Kind, Options, SettingFault};
use intake::customers::Field;
use secrecy::SecretString;
use serde_json::{Value, json};
use watchlist::IdentifierKind;

use crate::server::{Asked, Server, connector, json, lines, read, status};

const SECRET: &str = "MUST-BE-DROPPED";

#[track_caller]
fn shown(kind: Kind, options: Options, handler: impl Fn(&Asked) -> Answer + Sync) -> String {
    let records = read(&connector(kind, options), &Server::new(&handler)).unwrap();
    let text = lines(&records).join("\n");
    assert!(!text.contains(SECRET));
    text
}

/// Pages of two, whatever is asked for: a NetBox may be set up so. The links lead to another host, which nobody follows.
fn netbox(asked: &Asked) -> Answer {
    assert_eq!(asked.headers["authorization"], "Token between us");
    let tenant = asked.value("tenant_id");
    let all: Vec<Value> = match asked.path.as_str() {
        "/api/tenancy/tenants/" => (1..=5)
            .map(|id| json!({"id": id, "name": format!("Orchard {id}"), "slug": format!("orchard-{id}"), "description": SECRET,
                "comments": SECRET, "created": "2024-02-03T00:00:00Z",
                "custom_fields": {"billing": if id == 5 { Value::Null } else { json!(4700 + id) }, "kvk": "01234567", "owner": {"id": 1}}}))
            .collect(),
        "/api/ipam/ip-addresses/" => (0..3)
            .map(|last| json!({"address": format!("192.0.2.{tenant}{last}/24"), "dns_name": "", "description": SECRET,
                "role": if last == 2 { json!({"value": "anycast", "label": "Anycast"}) } else { Value::Null }}))
            .collect(),
        "/api/ipam/prefixes/" if tenant == "1" => vec![json!({"prefix": "198.51.100.0/28"}), json!({"prefix": "2001:db8:1::/48"})],
        "/api/ipam/ip-ranges/" if tenant == "2" => {
            vec![json!({"start_address": "203.0.113.10/24", "end_address": "203.0.113.14/24"})]
        }
        "/api/ipam/asns/" if tenant == "1" => vec![json!({"asn": 64500})],
        "/api/tenancy/contact-assignments/" if asked.value("object_id") == "1" => vec![json!({"contact": {"id": 31, "name": "Noc"}})],
        "/api/tenancy/contacts/" => {
            assert_eq!(asked.value("id"), "31");
            vec![json!({"name": "Noc", "phone": "+31 20 555 0102", "email": "noc@orchard.example", "link": "", "address": "x"})]
        }
        _ => Vec::new(),
    };
    let offset = asked.number("offset", 0);
    let results: Vec<&Value> = all.iter().skip(offset).take(2).collect();
    let next = (offset + 2 < all.len()).then_some("https://elsewhere.example/api/");
    json(&json!({"count": all.len(), "next": next, "previous": null, "results": results}))
}

#[test]
fn netbox_tenants_come_with_what_is_assigned_to_them() {
    let kvk = CustomField { key: "kvk".to_owned(), field: Field::Identifier(IdentifierKind::RegisterNumber) };
    let options = Options { linked_by: Some("billing".to_owned()), custom: vec![kvk], ..Options::default() };
    insta::assert_snapshot!(shown(Kind::NetBox, options, netbox));
}

#[test]
fn a_netbox_that_counts_more_than_it_gives_is_not_read_whole() {
    let handler = |asked: &Asked| match asked.path.as_str() {
        "/api/ipam/prefixes/" => {
            json(&json!({"count": 3, "next": null, "results": [{"prefix": "198.51.100.0/28"}]}))
        }
        _ => netbox(asked),
    };
    let fault = read(&connector(Kind::NetBox, Options::default()), &Server::new(&handler)).unwrap_err();
    assert_eq!(fault, Fault::Restless { listed: 1, told: Some(3) });
}

fn phpipam(asked: &Asked) -> Answer {
    assert_eq!(asked.headers["token"], "between us");
    let own = asked.value("filter_value");
    let data = match asked.path.as_str() {
        "/api/reader/tools/customers/" => json!([
            {"id": "1", "title": "Orchard Nine", "address": "Kade 1", "postcode": "8011 AA", "city": "Zwolle", "state": "NL",
             "contact_person": "Ilse Boom", "contact_phone": "+31 20 555 0102", "contact_mail": "noc@orchard.example",
             "note": SECRET, "status": "Active", "custom_billing": "4711"},
            {"id": "2", "title": "Kade", "status": "Inactive", "custom_billing": null}]),
        "/api/reader/subnets/" if own == "1" => {
            json!([{"id": 7, "subnet": "3325256704", "mask": "28", "description": SECRET}])
        }
        "/api/reader/addresses/all/" if own == "1" => {
            json!([{"ip": "192.0.2.10", "hostname": "a.orchard.example", "note": SECRET},
            {"ip_addr": "42540766411282592856903984951653826561", "hostname": null}])
        }
        // phpIPAM says so where there is nothing of the kind: once by the status, once in the answer.
        "/api/reader/subnets/" => return status(404),
        "/api/reader/addresses/all/" => {
            return json(&json!({"code": 404, "success": 0, "message": "No addresses found"}));
        }
        other => panic!("{other}"),
    };
    json(&json!({"code": 200, "success": true, "data": data, "time": 0.01}))
}

#[test]
fn phpipam_customers_come_with_their_subnets_and_addresses() {
    let options = Options { linked_by: Some("custom_billing".to_owned()), ..Options::default() };
    insta::assert_snapshot!(shown(Kind::PhpIpam, options, phpipam));
}

fn virtfusion(asked: &Asked) -> Answer {
    let answer = match asked.path.as_str() {
        "/api/v1/servers" => {
            let page = asked.number("page", 1);
            json!({"current_page": page, "data": [{"id": page * 10}, {"id": page * 10 + 1}], "last_page": 2, "total": 4})
        }
        // The hoster's own.
        "/api/v1/servers/11" => json!({"data": {"id": 11, "name": "mirror", "owner": null}}),
        path => {
            let id = path.rsplit('/').next().unwrap();
            json!({"data": {"id": id, "name": format!("vps{id}"), "hostname": format!("vps{id}.orchard.example"),
                "hypervisor": {"name": "hv3", "ip": "203.0.113.1"}, "vnc": {"password": SECRET},
                "owner": {"id": 5, "name": "Ilse Boom", "email": "ilse@orchard.example", "extRelationId": 4711},
                "network": {"interfaces": [{"ipv4": [{"address": format!("192.0.2.{id}"), "gateway": "192.0.2.1"}],
                    "ipv6": [{"subnet": format!("2001:db8:{id}::"), "cidr": 64}]}]}}})
        }
    };
    json(&answer)
}

#[test]
fn virtfusion_servers_of_one_owner_are_one_customer() {
    let options = Options { linked_by: Some("relation".to_owned()), ..Options::default() };
    insta::assert_snapshot!(shown(Kind::VirtFusion, options, virtfusion));
}

fn proxmox(asked: &Asked) -> Answer {
    assert_eq!(asked.headers["authorization"], "PVEAPIToken=reader=between us");
    let answer = match asked.path.as_str() {
        "/api2/json/cluster/resources" => json!({"data": [
            {"vmid": 100, "node": "pve1", "type": "qemu", "name": "web.orchard.example", "tags": "prod;customer-4711", "status": "stopped"},
            {"vmid": 101, "node": "pve2", "type": "lxc", "name": "ct", "tags": "customer-4711", "pool": "p"},
            {"vmid": 102, "node": "pve1", "type": "qemu", "name": "own"},
            {"vmid": 900, "node": "pve1", "type": "qemu", "name": "tpl", "tags": "customer-4711", "template": 1}]}),
        "/api2/json/nodes/pve1/qemu/100/config" => {
            json!({"data": {"name": "web", "cipassword": SECRET, "description": SECRET,
            "ipconfig0": "ip=192.0.2.100/24,gw=192.0.2.1,ip6=2001:db8::100/64", "ipconfig1": "ip=dhcp", "net0": "virtio=AA:BB,bridge=vmbr0",
            "cores": 2}})
        }
        "/api2/json/nodes/pve2/lxc/101/config" => {
            json!({"data": {"net0": "name=eth0,bridge=vmbr0,gw=192.0.2.1,ip=192.0.2.101/24,type=veth"}})
        }
        other => panic!("{other}"),
    };
    json(&answer)
}

#[test]
fn proxmox_machines_belong_to_whom_their_tag_names() {
    insta::assert_snapshot!(shown(Kind::Proxmox, Options::default(), proxmox));
}

#[test]
fn settings_that_cannot_be_used_are_refused() {
    use intake::connectors::Connector;
    let check =
        |address: &str, user: Option<&str>, secret: &str, options: Options, expected: SettingFault| {
            let secret = SecretString::from(secret.to_owned());
            assert_eq!(Connector::new(Kind::Whmcs, address, user, secret, options).unwrap_err(), expected);
        };
    let none = Options::default;
    check("panel", Some("a"), "b", none(), SettingFault::Address);
    check("ftp://panel.example", Some("a"), "b", none(), SettingFault::Address);
    check("https://panel.example/?key=1", Some("a"), "b", none(), SettingFault::Address);
    check("https://a:b@panel.example/", Some("a"), "b", none(), SettingFault::SecretInAddress);
    check("https://panel.example/", None, "b", none(), SettingFault::NoUser);
    check("https://panel.example/", Some("a"), " \n", none(), SettingFault::NoSecret);
    check("https://panel.example/", Some("a"), "b", Options { page: Some(0), ..none() }, SettingFault::Page);
    check(
        "https://panel.example/",
        Some("a"),
        "b",
        Options { at_once: Some(99), ..none() },
        SettingFault::AtOnce,
    );
}
