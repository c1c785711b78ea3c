import type { Sandbox } from "./program.js";

/**
 * Makes certificates as xCAT's own scripts lay them out, below two folders that stand for /etc/xcat and /root/.xcat.
 * Words: `both` or `client`; the folders; the name in the server's; the days for which the server's and root's are valid.
 */
const MAKE = `
  set -eu
  what=$1 etc=$2 home=$3 name=$4 days=$5
  mkdir -p "$etc/ca/private" "$etc/cert" "$home"
  key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out "$1"; }
  issue() {
    key "$2/$1-key.pem"
    openssl req -new -key "$2/$1-key.pem" -subj "/CN=$3" -out "$etc/ca/request"
    openssl x509 -req -days "$4" -in "$etc/ca/request" -CA "$etc/ca/ca-cert.pem" -CAkey "$etc/ca/private/ca-key.pem" -CAcreateserial -out "$2/$1-cert.pem"
    cat "$2/$1-cert.pem" "$2/$1-key.pem" > "$2/$1-cred.pem"
    cp "$etc/ca/ca-cert.pem" "$2/ca.pem"
  }
  if [ "$what" = both ]; then
    key "$etc/ca/private/ca-key.pem"
    openssl req -x509 -new -days 300 -subj "/CN=xCAT CA" -key "$etc/ca/private/ca-key.pem" -out "$etc/ca/ca-cert.pem"
    issue server "$etc/cert" "$name" "$days"
  fi
  issue client "$home" root "$days"`;

/** What a sandbox's commands may call to make certificates, with the words of `makeCertificates`. */
export const makeCertificatesScript = `bash -c '${MAKE}' make`;

/** Makes an authority with the server's and root's certificate, or root's alone under the authority that is there. */
export function makeCertificates(
  host: Sandbox,
  folders: { readonly etc: string; readonly home: string },
  {
    what = "both",
    name = "host1",
    days = 90,
  }: { readonly what?: "both" | "client"; readonly name?: string; readonly days?: number } = {},
): void {
  const words = [what, folders.etc, folders.home, name, String(days)];
  const { code, stderr } = host.execute(["bash", "-c", MAKE, "make", ...words]);
  if (code !== 0) throw new Error(stderr);
}
