"""
Reads one input device for input-line.ts, which says why Node cannot: `python3 input-line.py evdev|hidraw PATH`.
On standard output first a line of JSON, what the device is or {"errno": NAME}, then its bytes as they come.
It ends when the device is gone or standard input closes, so also when its parent was killed.
Numbers and layouts: linux/input.h and linux/hidraw.h.
"""

import errno, fcntl, json, os, select, stat, struct, sys

READ, WRITE = 2, 1
CLOCK_MONOTONIC = 1
ABS_X, ABS_Y, ABS_PRESSURE = 0x00, 0x01, 0x18
# Feature reports of a Wacom STU pad: information and capability.
FEATURES = (0x08, 0x09)
LONGEST_FEATURE = 64


def request(direction, group, number, length):
    """_IOC of asm-generic/ioctl.h."""
    return direction << 30 | length << 16 | ord(group) << 8 | number


def ask(group, number, argument, direction=READ):
    """What the kernel wrote into the argument."""
    return fcntl.ioctl(device, request(direction, group, number, len(argument)), argument)


def text(answer):
    return answer.split(b"\0")[0].decode("ascii", "replace")


def prepare_evdev():
    """Takes the device for this process alone, with a clock that never jumps. EBUSY: somebody else has grabbed it."""
    fcntl.ioctl(device, request(WRITE, "E", 0x90, 4), 1)  # EVIOCGRAB
    ask("E", 0xA0, struct.pack("i", CLOCK_MONOTONIC), WRITE)  # EVIOCSCLOCKID
    axes = {}
    for name, axis in (("x", ABS_X), ("y", ABS_Y), ("pressure", ABS_PRESSURE)):
        try:
            _, low, high, _, _, per_mm = struct.unpack("6i", ask("E", 0x40 + axis, bytes(24)))  # EVIOCGABS
            axes[name] = {"min": low, "max": high, "perMm": per_mm}
        except OSError:
            pass  # EINVAL: a keyboard has no axes.
    return {"name": text(ask("E", 0x06, bytes(256))), "axes": axes}  # EVIOCGNAME


def prepare_hidraw():
    features = {}
    for number in FEATURES:
        try:
            wanted = bytes([number]) + bytes(LONGEST_FEATURE - 1)
            features[number] = ask("H", 0x07, wanted, READ | WRITE).hex()  # HIDIOCGFEATURE
        except OSError:
            pass  # Another device than a pad: it has no such report.
    return {"name": text(ask("H", 0x04, bytes(256))), "features": features}  # HIDIOCGRAWNAME


def pass_on():
    waiting = select.poll()
    waiting.register(device, select.POLLIN)
    waiting.register(0, select.POLLIN)
    while True:
        ready = [fd for fd, _ in waiting.poll()]
        if 0 in ready:
            return
        data = os.read(device, 4096)
        if not data:
            return
        while data:
            data = data[os.write(1, data) :]


try:
    kind, path = sys.argv[1:3]
    device = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    about = {}
    # A FIFO, which stands for the device on the bench, has nothing to ask and nobody to be taken from.
    if stat.S_ISCHR(os.fstat(device).st_mode):
        about = prepare_evdev() if kind == "evdev" else prepare_hidraw()
    os.write(1, json.dumps(about).encode() + b"\n")
except OSError as error:
    os.write(1, json.dumps({"errno": errno.errorcode.get(error.errno, str(error.errno))}).encode() + b"\n")
    sys.exit(1)

try:
    pass_on()
except OSError:
    pass  # ENODEV: unplugged. EPIPE: the parent is gone.
