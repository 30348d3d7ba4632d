import { refused } from '../accounts/refused';
import type { EmailReceiver, SmsReceiver, WebhookReceiver } from './alert-receivers';
import { receiverInvalid, receiverNamedTwice } from './errors';
import { isCountryCode, isEmailAddress, isHttpsUrl, isPhoneNumber, isText } from './resource-names';

/** Who is told. */
export interface Receivers {
  readonly email: readonly EmailReceiver[];
  readonly sms: readonly SmsReceiver[];
  readonly webhook: readonly WebhookReceiver[];
}

interface Field {
  readonly place: string;
  readonly value: unknown;
  readonly isValid: (value: unknown) => boolean;
  readonly allowed: string;
}

/**
 * @throws if a receiver cannot be reached as it is written, or two have one name
 *
 * @see https://learn.microsoft.com/rest/api/monitor/action-groups/create-or-update
 */
export function requireValidReceivers(path: string, { email, sms, webhook }: Receivers): void {
  const named = [...email, ...sms, ...webhook];
  for (const { place, value, isValid, allowed } of [
    ...named.map(({ name }): Field => ({ place: 'receiver name', value: name, isValid: isText, allowed: 'a text' })),
    ...email.map(emailField),
    ...sms.flatMap(smsFields),
    ...webhook.map(webhookField),
  ]) {
    if (refused(value, isValid)) {
      throw receiverInvalid(path, place, value, allowed);
    }
  }
  const seen = new Set<string>();
  for (const { name } of named) {
    if (seen.has(name.toLowerCase())) {
      throw receiverNamedTwice(path, name);
    }
    seen.add(name.toLowerCase());
  }
}

function emailField({ emailAddress }: EmailReceiver): Field {
  return {
    place: 'emailAddress',
    value: emailAddress,
    isValid: isEmailAddress,
    allowed: "an e-mail address, for instance 'models@contoso.com'",
  };
}

function smsFields({ countryCode, phoneNumber }: SmsReceiver): Field[] {
  return [
    {
      place: 'countryCode',
      value: countryCode,
      isValid: isCountryCode,
      allowed: "1 to 4 digits without '+', for instance '47'",
    },
    {
      place: 'phoneNumber',
      value: phoneNumber,
      isValid: isPhoneNumber,
      allowed: "4 to 15 digits without the country code, for instance '22 33 44 55'",
    },
  ];
}

function webhookField({ serviceUri }: WebhookReceiver): Field {
  return {
    place: 'serviceUri',
    value: serviceUri,
    isValid: isHttpsUrl,
    allowed: "a URL that begins with https, for instance 'https://tickets.contoso.com/azure'",
  };
}
