// Preloaded (node --require): the names of FOREIGN_HOSTS ("name=port …") lead to ports of this machine.
// Every other host is refused.
const tls = require("node:tls");

const ports = new Map(process.env.FOREIGN_HOSTS.split(" ").map((each) => each.split("=")));
const connect = tls.connect;

tls.connect = (options, ...more) => {
  const name = options.servername || options.host;
  if (!ports.has(name)) throw new Error(`${name} is no host of this test`);
  return connect({ ...options, servername: name, host: "127.0.0.1", port: Number(ports.get(name)) }, ...more);
};
