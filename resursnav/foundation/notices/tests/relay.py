"""A mail relay for tests: speaks enough SMTP for Django, and can misbehave on demand."""

from __future__ import annotations

import socketserver
import threading
from email import message_from_bytes
from email.message import Message


class _Session(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        relay: Relay = self.server.relay  # type: ignore[attr-defined]  # set by Relay
        self.say("220 relay")
        while line := self.rfile.readline():
            word = line.split(b":")[0].strip().upper().split(b" ")[0]
            if word in {b"EHLO", b"HELO"}:
                self.say("250 relay")
            elif word == b"RCPT" and (answer := relay.refuses(line.decode())):
                self.say(answer)
            elif word == b"DATA":
                self.say("354 go on")
                body = b""
                while (part := self.rfile.readline()) not in {b".\r\n", b""}:
                    body += part
                relay.mails.append(message_from_bytes(body))
                if relay.dies_after_data:
                    return  # the mail is here, but the sender never hears so
                self.say("250 taken")
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")


class Relay:
    """Runs on a port of its own until the block ends; `mails` is what it took."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.answers: dict[str, str] = {}
        self.dies_after_data = False

    def refuses(self, line: str) -> str:
        return next((answer for address, answer in self.answers.items() if address in line), "")

    def __enter__(self) -> Relay:
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session)
        self.server.daemon_threads = True
        self.server.relay = self  # type: ignore[attr-defined]  # read by the sessions
        threading.Thread(target=self.server.serve_forever, daemon=True, kwargs={"poll_interval": 0.02}).start()
        return self

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    def __exit__(self, *_reason: object) -> None:
        self.server.shutdown()
        self.server.server_close()
