/* The rooms and what may come into each (docs/architecture.md). Anything not allowed here is refused. */
const room = (name) => `^src/${name}/`;

/** room → the rooms whose files it may import, beside itself, rules, failures and npm packages */
const allowed = {
  rules: [],
  failures: [],
  biometrics: [],
  store: [],
  'devices/transport': ['devices/device.ts'],
  'devices/card-reader': ['devices/transport'],
  'devices/fingerprint': ['devices/device.ts', 'devices/device-settings.ts', 'devices/transport'],
  // One protocol for several kinds of devices, so it knows the ports of each.
  'devices/sbi': [
    'devices/device.ts',
    'devices/device-settings.ts',
    'devices/transport',
    'devices/fingerprint/port.ts',
    'devices/iris/port.ts',
    'devices/photo-camera/port.ts',
  ],
  'devices/iris': ['devices/device.ts', 'devices/device-settings.ts', 'devices/transport'],
  'devices/photo-camera': ['devices/device.ts', 'devices/device-settings.ts', 'devices/transport'],
  'devices/signature': ['devices/device.ts', 'devices/device-settings.ts', 'devices/transport'],
  'devices/code-scanner': ['devices/device.ts', 'devices/device-settings.ts', 'devices/transport'],
  'devices/panel': ['devices/device.ts', 'devices/device-settings.ts', 'devices/transport'],
  'devices/receipt-printer': ['devices/device.ts', 'devices/device-settings.ts', 'devices/transport'],
  'devices/supervision': ['devices/device.ts', 'devices/transport/trace.ts'],
  'devices/usb-guard': [],
  capture: [
    'devices/fingerprint/port.ts',
    'devices/iris/port.ts',
    'devices/photo-camera/port.ts',
    'devices/signature/port.ts',
    'devices/transport/sbi-proof.ts',
    'biometrics',
    'store',
  ],
  ktp: ['devices/card-reader/port.ts', 'biometrics/records'],
  packet: ['biometrics', 'store'],
  uplink: ['store', 'packet'],
  flows: [
    'packet',
    'capture',
    'ktp',
    'devices/card-reader/port.ts',
    'devices/device.ts',
    'devices/fingerprint/port.ts',
    'devices/iris/port.ts',
    'devices/photo-camera/port.ts',
    'devices/receipt-printer/port.ts',
    'devices/signature/port.ts',
    'store',
    'biometrics',
  ],
  'ui/contract': [],
  'ui/server': ['ui/contract', 'flows', 'ktp', 'biometrics', 'store', 'capture', 'devices/supervision'],
  'ui/web': ['ui/contract'],
  // The file that stands in for a live sensor is one, so it knows the sensors' port.
  cli: [
    'compose.ts',
    'config.ts',
    'flows',
    'ktp',
    'biometrics',
    'store',
    'packet',
    'devices/fingerprint/port.ts',
    'devices/usb-guard',
  ],
  virtual: ['biometrics'],
};
/** These import nothing of the house, not even rules and failures' neighbours. */
const alone = ['rules', 'failures'];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...Object.entries(allowed).map(([name, others]) => ({
      name: `imports-of-${name.replace('/', '-')}`,
      severity: 'error',
      from: { path: room(name) },
      to: {
        path: '^src/',
        pathNot: [
          room(name),
          ...(alone.includes(name) ? [] : [room('rules'), room('failures')]),
          ...others.map((other) => (other.endsWith('.ts') ? `^src/${other}$` : room(other))),
        ],
      },
    })),
    {
      name: 'config-joins-settings-only',
      severity: 'error',
      from: { path: '^src/config\\.ts$' },
      to: { path: '^src/', pathNot: ['/settings\\.ts$', room('failures'), room('rules')] },
    },
    {
      name: 'only-compose-knows-everybody',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/(main|demo|demo-recording|doors|compose|compose-station|compose-uplink|open-devices)\\.ts$',
          room('cli'),
        ],
      },
      to: { path: '^src/(compose|compose-station|compose-uplink|open-devices)\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'require', 'default'],
    },
  },
};
