// npm's ocpp-ts, by another author: it checks what it is asked by schemas of its own, and believes what it is answered.
import { OcppClient } from 'ocpp-ts';

/** Whose schemas judge its frames: not its own. */
export const schemas = 'typed-ocpp';

// It has an event for each action that it knows, and none for all of them.
const asked = [
  'CancelReservation', 'ChangeAvailability', 'ChangeConfiguration', 'ClearCache', 'ClearChargingProfile', 'DataTransfer',
  'GetCompositeSchedule', 'GetConfiguration', 'GetDiagnostics', 'GetLocalListVersion', 'RemoteStartTransaction',
  'RemoteStopTransaction', 'ReserveNow', 'Reset', 'SendLocalList', 'SetChargingProfile', 'TriggerMessage',
  'UnlockConnector', 'UpdateFirmware',
];

/** Connects, and gives back what the client can do; the same as with ocpp-rpc, without TLS. */
export async function connect(link, { frame, fault, answer, closed }) {
  const client = new OcppClient(link.identity);
  const secret = Buffer.from(`${link.identity}:${link.password}`).toString('base64');
  client.on('error', error => fault(`ocpp-ts: ${error.message}`));
  client.on('close', (code, reason) => closed(code, String(reason)));
  for (const action of asked) {
    client.on(action, (payload, reply) => {
      try {
        reply(answer(action, payload));
      } catch (error) {
        fault(`ocpp-ts: ${error.message}`); // it has no way to refuse
      }
    });
  }

  await new Promise((resolve, reject) => {
    client.on('connect', resolve);
    client.on('close', code => reject(new Error(`closed with ${code}`)));
    client.connect(`${link.endpoint}/`, link.password ? { Authorization: `Basic ${secret}` } : {});
  });

  // It shows no frames: they are watched at its socket, where nothing has passed yet.
  const { socket } = client.connection;
  socket.on('message', message => frame(String(message)));
  const send = socket.send.bind(socket);
  socket.send = (text, ...rest) => {
    frame(text);
    return send(text, ...rest);
  };
  return {
    protocol: socket.protocol,
    extensions: socket.extensions,
    call: (action, payload) => client.callRequest(action, payload),
    close: async () => socket.close(1000),
  };
}
