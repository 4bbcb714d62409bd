/* The Playground files a message of a person when the response to its request is there. An answer to a post in a channel
 * that comes through the WebSocket before that belongs to no post that the client knows: it logs "Saga error" and drops
 * the answer. So answers wait here until no message of a person is on its way. */
(() => {
    const held = [];
    window.heldAnswers = held;
    let onTheWay = 0;

    const deliver = () => {
        while (onTheWay === 0 && held.length > 0) {
            held.shift()();
        }
    };

    const open = XMLHttpRequest.prototype.open;
    XMLHttpRequest.prototype.open = function (method, url, ...rest) {
        this.isMessage = method.toUpperCase() === "POST" && /\/conversations\/[^/]+\/messages$/.test(url);
        return open.call(this, method, url, ...rest);
    };

    const send = XMLHttpRequest.prototype.send;
    XMLHttpRequest.prototype.send = function (body) {
        if (this.isMessage) {
            onTheWay += 1;
            // The client's own listener comes before this one; what it does with the response comes before the timer.
            this.addEventListener("loadend", () => setTimeout(() => {
                onTheWay -= 1;
                deliver();
            }));
        }
        return send.call(this, body);
    };

    const listen = WebSocket.prototype.addEventListener;
    WebSocket.prototype.addEventListener = function (kind, listener, ...rest) {
        const ordered = (event) => {
            held.push(() => listener.call(this, event));
            deliver();
        };
        return listen.call(this, kind, kind === "message" ? ordered : listener, ...rest);
    };
})();
