/** What was asked for cannot be, and the message says what could: not a mistake of this library. */
export class InputError extends Error {}
