"""Stands between a client and the gateway and keeps what the client sends, byte for byte.

record.py PORT GATEWAY-PORT CERTS TLS-CLIENT FILE: answers one client after another on PORT with the
gateway's certificate, passes everything on to GATEWAY-PORT as TLS-CLIENT (below CERTS, without
.pem), and when it is stopped (SIGTERM) writes the last POST to FILE: request line, headers, body,
as they came. The status of the answer is printed.
"""

import signal
import socket
import ssl
import sys
import threading

port, gateway, certs, client, file = sys.argv[1:]
posts = []


def server_side():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certs + "/gateway/tls-server.pem", certs + "/gateway/tls-server.key.pem")
    context.load_verify_locations(certs + "/ca/root.pem")
    context.load_verify_locations(certs + "/ca/issuing.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def client_side():
    context = ssl.create_default_context(cafile=certs + "/ca/root.pem")
    context.load_cert_chain(certs + "/" + client + ".pem", certs + "/" + client + ".key.pem")
    return context


def pass_on(source, sink, kept):
    try:
        while True:
            data = source.recv(65536)
            if not data:
                break
            kept.extend(data)
            sink.sendall(data)
    except OSError:
        pass
    try:
        sink.unwrap()  # says goodbye: a reply without a length ends there
    except (OSError, ValueError):
        pass
    for each in source, sink:
        try:
            each.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def body_end(data, start, head):
    """Where the body that begins at start ends, by its length or its chunks."""
    lower = head.lower()
    if b"transfer-encoding: chunked" in lower:
        at = start
        while True:
            line = data.index(b"\r\n", at)
            size = int(data[at:line].split(b";")[0], 16)
            at = line + 2 + size + 2
            if size == 0:
                return at
    length = [line for line in lower.split(b"\r\n") if line.startswith(b"content-length:")]
    return start + (int(length[0].split(b":")[1]) if length else 0)


def requests(data):
    at = 0
    while at < len(data):
        start = data.index(b"\r\n\r\n", at) + 4
        end = body_end(data, start, data[at:start])
        yield data[at:end]
        at = end


def serve(accepted):
    try:
        ours = server.wrap_socket(accepted, server_side=True)
        theirs = towards.wrap_socket(
            socket.create_connection(("127.0.0.1", int(gateway))), server_hostname="localhost")
    except OSError as failed:
        print("recorder:", failed, flush=True)
        return
    sent, answered = bytearray(), bytearray()
    back = threading.Thread(target=pass_on, args=(theirs, ours, answered), daemon=True)
    back.start()
    pass_on(ours, theirs, sent)
    back.join()
    for each in requests(bytes(sent)):
        if each.startswith(b"POST "):
            posts.append(each)


def stop(*_):
    for each in threads:
        each.join(timeout=5)
    if not posts:
        sys.exit("recorder: nothing was sent")
    with open(file, "wb") as out:
        out.write(posts[-1])
    sys.exit(0)


server, towards, threads = server_side(), client_side(), []
signal.signal(signal.SIGTERM, stop)
listening = socket.create_server(("127.0.0.1", int(port)))
print("recording", flush=True)
while True:
    taken, _ = listening.accept()
    one = threading.Thread(target=serve, args=(taken,), daemon=True)
    threads.append(one)
    one.start()
