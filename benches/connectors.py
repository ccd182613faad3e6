#!/usr/bin/env python3
"""Times how all clients of a WHMCS are read, against an invented one without latency on the same machine.

    benches/connectors.py PROGRAM [CLIENTS] [AT_ONCE]

Prints the load, the seconds of `customers fetch` with its calls, the peak of its memory, and the same once more when
it is killed half-way and started again.
"""
import asyncio
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from urllib.parse import unquote_plus

program = os.path.abspath(sys.argv[1])
clients = int(sys.argv[2]) if len(sys.argv) > 2 else 50_000
at_once = int(sys.argv[3]) if len(sys.argv) > 3 else 8
PAGE = 25


def body_of(form):
    asked = dict(pair.split("=", 1) for pair in form.split("&"))
    action = asked["action"]
    if action == "GetClients":
        start = int(asked["limitstart"])
        rows = ",".join(
            f'{{"id":{number},"firstname":"Sam","lastname":"Voorbeeld","companyname":"","email":"c{number}@c.example",'
            f'"datecreated":"2024-05-01","groupid":0,"status":"Active"}}'
            for number in range(start + 1, min(start + int(asked["limitnum"]), clients) + 1)
        )
        return f'{{"result":"success","totalresults":{clients},"startnumber":{start},"clients":{{"client":[{rows}]}}}}'
    if action == "GetClientsDetails":
        number = unquote_plus(asked["clientid"])
        return (
            f'{{"result":"success","client":{{"id":{number},"firstname":"Sam","lastname":"Voorbeeld {number}",'
            f'"companyname":"Nordwind {number} Hosting &amp; Colo","email":"billing@c{number}.example",'
            f'"address1":"{number} Sample Street","city":"London","postcode":"EC1A 1AA","country":"GB",'
            f'"phonenumberformatted":"+44.2079460{int(number) % 1000:03}","phonecc":"44","tax_id":"","notes":"x",'
            f'"lastlogin":"Date: 12/03/2026<br>IP Address: 203.0.113.7<br>Host: ","customfields":[],"users":{{"user":[]}}}}}}'
        )
    if action == "GetClientsProducts":
        number = unquote_plus(asked["clientid"])
        return (
            f'{{"result":"success","totalresults":"1","products":{{"product":[{{"id":"1","name":"VPS","domain":"c{number}.example",'
            f'"dedicatedip":"198.51.100.{int(number) % 250}","assignedips":"","serverip":"","password":"dropped"}}]}}}}'
        )
    word = "contacts" if action == "GetContacts" else "domains"
    return f'{{"result":"success","totalresults":"0","{word}":""}}'


class Panel(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.waiting = transport, b""

    def data_received(self, data):
        self.waiting += data
        while True:
            head, found, rest = self.waiting.partition(b"\r\n\r\n")
            if not found:
                return
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
            if len(rest) < length:
                return
            body = body_of(rest[:length].decode()).encode()
            self.waiting = rest[length:]
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            served.value += 1


def panel(port, counter):
    global served
    served = counter

    async def serve():
        server = await asyncio.get_running_loop().create_server(Panel, "127.0.0.1", 0)
        port.value = server.sockets[0].getsockname()[1]
        await server.serve_forever()

    asyncio.run(serve())


def command(folder, *typed):
    return [program, *typed, "--home", folder, "--key-file", f"{folder}/key", "--as", "bench", "--quiet"]


def main():
    port, counter = multiprocessing.Value("i", 0), multiprocessing.RawValue("l", 0)
    server = multiprocessing.Process(target=panel, args=(port, counter), daemon=True)
    server.start()
    while not port.value:
        time.sleep(0.05)
    folder = tempfile.mkdtemp(prefix="havenmeester-connectors-")
    subprocess.run(command(folder, "init"), check=True, stdout=subprocess.DEVNULL)
    with open(os.open(f"{folder}/secret", os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
        file.write("between us")
    with open(f"{folder}/connectors.toml", "w") as file:
        file.write(
            f'[[source]]\nname = "billing"\nkind = "whmcs"\naddress = "http://127.0.0.1:{port.value}/"\n'
            f'user = "reader"\nsecret_file = "secret"\npage = {PAGE}\nat_once = {at_once}\n'
        )
    fetch = command(folder, "customers", "fetch", "billing", "--out", f"{folder}/base.jsonl")
    print(f"load {os.getloadavg()[0]:.1f}, {clients} clients, {at_once} calls at once, pages of {PAGE}", flush=True)

    start = time.monotonic()
    subprocess.run(fetch, check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    lines = sum(1 for _ in open(f"{folder}/base.jsonl"))
    calls = counter.value
    print(f"full read   {seconds:7.1f} s  {calls} calls, {calls / seconds:.0f} a second, {lines} customers, {peak:.0f} MiB")

    whole = open(f"{folder}/base.jsonl", "rb").read()
    before, start = counter.value, time.monotonic()
    running = subprocess.Popen(fetch, stdout=subprocess.DEVNULL)
    time.sleep(seconds / 2)
    running.send_signal(signal.SIGKILL)
    running.wait()
    subprocess.run(fetch, check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - start
    same = open(f"{folder}/base.jsonl", "rb").read() == whole
    print(f"killed once {seconds:7.1f} s  {counter.value - before} calls, the same customers: {same}")
    print(f"load {os.getloadavg()[0]:.1f}")
    server.terminate()
    sys.exit(0 if same and lines == clients else 1)


if __name__ == "__main__":
    main()
