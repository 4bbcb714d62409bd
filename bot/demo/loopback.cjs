// Preloaded into the Playground. Without it, the Playground listens on every interface of the machine, and anyone who
// reaches it can chat with the demo's bot. A demo is for this machine only.
"use strict";
const { Server } = require("node:net");
const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  const isPort = typeof port === "number" || /^[0-9]+$/.test(String(port));
  if (isPort && typeof rest[0] !== "string") {
    return listen.call(this, Number(port), "127.0.0.1", ...rest);
  }
  return listen.call(this, port, ...rest);
};
