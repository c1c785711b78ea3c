/** Makes /install/odd: what people have below /install, and then some. */
export const ODD_DATA = `
  set -e
  mkdir -p /install/odd
  cd /install/odd
  echo text > plain
  ln plain hard-link
  ln -s plain relative-link
  ln -s /install/odd/plain absolute-link
  ln -s /nowhere/at/all dangling-link
  chown 1234:2345 plain
  chmod 6751 plain
  chown -h 99:98 relative-link
  truncate -s 20M sparse
  echo end >> sparse
  mkfifo -m 640 fifo
  python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'
  touch ' leading space' -- '-dash' $'new\\nline' 'Ümlaut' $'\\xff-not-utf8' '*' '$(id)'
  setfacl -m u:1234:rwx,g:2345:r plain
  mkdir -m 2770 directory
  setfacl -d -m u:1234:rwx directory
  setfattr -n user.colour -v blue plain
  setfattr -n trusted.mine -v yes directory
  touch -d '2001-02-03 04:05:06.789' plain directory
  head -c 150M /dev/urandom > large
`;
