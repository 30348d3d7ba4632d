/** Someone who is told by e-mail. */
export interface EmailReceiver {
  /** Name of the receiver, used once in the alerts. */
  readonly name: string;

  /** E-mail address. */
  readonly emailAddress: string;
}

/** Someone who is told by a text to a phone. */
export interface SmsReceiver {
  /** Name of the receiver, used once in the alerts. */
  readonly name: string;

  /** Country code of the phone number, 1 to 4 digits without `+`, for instance `47`. */
  readonly countryCode: string;

  /** Phone number without the country code, 4 to 15 digits, which blanks and dashes may divide. */
  readonly phoneNumber: string;
}

/** A program that is told by a call: a ticket system, a chat, a Logic App. */
export interface WebhookReceiver {
  /** Name of the receiver, used once in the alerts. */
  readonly name: string;

  /** URL that is called, with `https`. Such URLs often hold a secret: take it from a variable or from Key Vault. */
  readonly serviceUri: string;
}
