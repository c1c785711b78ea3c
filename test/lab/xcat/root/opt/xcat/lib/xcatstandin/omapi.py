"""The key that named and dhcpd share, kept in the passwd table."""

import base64
import secrets

NAME = "xcat_key"
ALGORITHM = "hmac-md5"


def secret(store):
    for row in store.rows("passwd"):
        if row["key"] == "omapi" and row.get("password"):
            return row["password"]
    made = base64.b64encode(secrets.token_hex(16).encode()).decode()
    store.write("passwd", {"key": "omapi", "username": NAME}, {"password": made})
    return made
