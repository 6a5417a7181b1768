/** What a staff PIN must be: enough digits, and none of those that are tried first. */

/** null: it will do. */
export function pinFault(pin: string): 'form' | 'repeated' | 'sequence' | null {
  if (!/^\d{6,12}$/.test(pin)) return 'form';
  if (repeatsItself(pin)) return 'repeated';
  const steps = new Set([...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index])));
  return steps.size === 1 && (steps.has(1) || steps.has(-1)) ? 'sequence' : null;
}

/** One, two or three digits over and over: 111111, 121212, 123123. */
function repeatsItself(pin: string): boolean {
  return [1, 2, 3].some((length) => {
    const part = pin.slice(0, length);
    return part.repeat(Math.ceil(pin.length / length)).slice(0, pin.length) === pin;
  });
}
