'use strict';
/**
 * A relay in front of a server that is as far away as `round trip` says: each direction takes half of it, and a new
 * connection a whole one more, as its handshake does. It prints its port, and ends with whoever has started it.
 *
 *   node relay.js <host> <port> <round trip in ms>
 */
const { connect, createServer } = require('node:net');
const { setTimeout: sleep } = require('node:timers/promises');

const [host, port, roundTrip] = process.argv.slice(2);
const half = Number(roundTrip) / 2;

/** Passes on what comes, in its order, after a while; nothing before `from`. */
function pass(source, sink, from) {
  let last = Promise.resolve();
  const later = (act) => {
    const due = Math.max(performance.now(), from) + half;
    last = last.then(() => sleep(due - performance.now())).then(act);
  };
  source.on('data', (bytes) => later(() => sink.writable && sink.write(bytes)));
  source.on('end', () => later(() => sink.end()));
  source.on('error', () => sink.destroy());
  source.on('close', () => later(() => sink.destroy()));
}

const server = createServer((client) => {
  const upstream = connect({ host, port: Number(port) });
  client.setNoDelay(true);
  upstream.setNoDelay(true);
  pass(client, upstream, performance.now() + 2 * half);
  pass(upstream, client, 0);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit());
