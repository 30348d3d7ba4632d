import { MonitorActionGroup } from '@cdktf/provider-azurerm/lib/monitor-action-group';
import { MonitorActivityLogAlert } from '@cdktf/provider-azurerm/lib/monitor-activity-log-alert';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { refused } from '../accounts/refused';
import { isResourceGroupName } from '../accounts/resource-names';
import { enrol } from '../guard/enrol';
import { EmailReceiver, SmsReceiver, WebhookReceiver } from './alert-receivers';
import {
  actionGroupIdMalformed,
  alertLocationUnknown,
  alertNameInvalid,
  entryUnreadable,
  listEmpty,
  nobodyIsTold,
  resourceGroupInvalid,
  shortNameInvalid,
  subscriptionIdMalformed,
} from './errors';
import { Receivers, requireValidReceivers } from './receiver-checks';
import { isActionGroupId, isAlertName, isShortName, isSubscriptionId, isText } from './resource-names';

/** Properties of `RetirementAlerts`. */
export interface RetirementAlertsProps {
  /** Name of the resource group of the alert rule and the action group; it lies in the watched subscription. */
  readonly resourceGroupName: string;

  /**
   * Resource id of the subscription that is watched, `/subscriptions/<id>`. A rule watches one subscription, the one that it lies in:
   * make one of these, with a provider of its own, for each.
   */
  readonly subscriptionId: string;

  /**
   * Name of the alert rule and the action group: 1 to 260 characters without `< > * % { } & : \ ? + / #`, not ending with a
   * blank or `.`. Changing it replaces both.
   *
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Who is told by e-mail.
   *
   * @default - nobody
   */
  readonly emailReceivers?: EmailReceiver[];

  /**
   * Who is told by a text to the phone.
   *
   * @default - nobody
   */
  readonly smsReceivers?: SmsReceiver[];

  /**
   * Which programs are told.
   *
   * @default - none
   */
  readonly webhookReceivers?: WebhookReceiver[];

  /**
   * Resource ids of existing action groups that are told, with the receivers above or instead of them.
   *
   * @default - none
   */
  readonly actionGroupIds?: string[];

  /**
   * What messages call the action group, 1 to 12 characters.
   *
   * @default 'retirements'
   */
  readonly shortName?: string;

  /**
   * The services whose notices count, as Service Health spells them; case matters. `terraform plan` compares them with Azure's list.
   *
   * @default - `Azure OpenAI Service`, under which Azure announces retirements of Foundry models too
   */
  readonly serviceNames?: string[];

  /**
   * The regions whose notices count, as Service Health spells them, for instance `Sweden Central`. Notices for all regions are under
   * `Global`: list it as well.
   *
   * @default - all regions
   */
  readonly regions?: string[];

  /**
   * Where Azure keeps the alert rule: `global`, `westeurope` or `northeurope`. Changing it replaces the rule.
   *
   * @default 'global'
   */
  readonly location?: string;

  /**
   * Tags of the alert rule and the action group.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** https://learn.microsoft.com/azure/ai-foundry/openai/concepts/model-retirements names it; Service Health has none for Foundry. */
const SERVICE = 'Azure OpenAI Service';

/**
 * The two kinds of event that the portal calls health advisories.
 * https://learn.microsoft.com/azure/service-health/service-health-notifications-properties
 */
const HEALTH_ADVISORIES = ['ActionRequired', 'Informational'];

/** https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/website/docs/r/monitor_activity_log_alert.html.markdown */
const LOCATIONS = ['global', 'westeurope', 'northeurope'];

/**
 * Tells a team when Azure announces that a model retires: a Service Health alert for the health advisories of Azure OpenAI, and the
 * action group with those who are told.
 *
 * Azure sends its own e-mails to the owners of a subscription only. A notice names the model and not the deployments; which of
 * them it concerns, `model-lifecycle check` says.
 */
export class RetirementAlerts extends Construct {
  /** The Terraform resource of the alert rule. */
  public readonly alert: MonitorActivityLogAlert;

  /** The Terraform resource of the action group; none where only existing ones are told. */
  public readonly actionGroup?: MonitorActionGroup;

  private readonly props: RetirementAlertsProps;
  private readonly receivers: Receivers;

  constructor(scope: Construct, id: string, props: RetirementAlertsProps) {
    super(scope, id);
    enrol(this);
    this.props = props;
    const { emailReceivers: email = [], smsReceivers: sms = [], webhookReceivers: webhook = [] } = props;
    this.receivers = { email, sms, webhook };
    this.requireValidProps();
    const { resourceGroupName, subscriptionId, name = id, regions, tags } = props;
    if (email.length + sms.length + webhook.length > 0) {
      this.actionGroup = this.createActionGroup(name);
    }
    const ownId = this.actionGroup === undefined ? [] : [this.actionGroup.id];
    this.alert = new MonitorActivityLogAlert(this, 'Default', {
      name,
      resourceGroupName,
      location: props.location ?? LOCATIONS[0]!,
      description: 'Azure announced that a model retires, or changed when: see the list of deployments that use it.',
      // More than one is refused: https://github.com/hashicorp/terraform-provider-azurerm/issues/21353
      scopes: [subscriptionId],
      enabled: true,
      criteria: {
        category: 'ServiceHealth',
        serviceHealth: {
          events: HEALTH_ADVISORIES,
          services: props.serviceNames ?? [SERVICE],
          locations: regions,
        },
      },
      action: [...ownId, ...(props.actionGroupIds ?? [])].map((actionGroupId) => ({ actionGroupId })),
      tags,
    });
  }

  private createActionGroup(groupName: string): MonitorActionGroup {
    const { resourceGroupName, shortName = 'retirements', tags } = this.props;
    const { email, sms, webhook } = this.receivers;
    // One shape of message for all kinds of alert: https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema
    const useCommonAlertSchema = true;
    return new MonitorActionGroup(this, 'ActionGroup', {
      name: groupName,
      resourceGroupName,
      shortName,
      enabled: true,
      emailReceiver: unlessEmpty(email.map(({ name, emailAddress }) => ({ name, emailAddress, useCommonAlertSchema }))),
      smsReceiver: unlessEmpty(sms.map(({ name, countryCode, phoneNumber }) => ({ name, countryCode, phoneNumber }))),
      webhookReceiver: unlessEmpty(webhook.map(({ name, serviceUri }) => ({ name, serviceUri, useCommonAlertSchema }))),
      tags,
    });
  }

  private requireValidProps(): void {
    const { resourceGroupName, subscriptionId, name, shortName, location, actionGroupIds = [] } = this.props;
    const { path } = this.node;
    if (refused(name ?? this.node.id, isAlertName)) {
      throw alertNameInvalid(path, name ?? this.node.id);
    }
    if (refused(resourceGroupName, isResourceGroupName)) {
      throw resourceGroupInvalid(path, resourceGroupName);
    }
    if (refused(subscriptionId, isSubscriptionId)) {
      throw subscriptionIdMalformed(path, subscriptionId);
    }
    if (shortName !== undefined && refused(shortName, isShortName)) {
      throw shortNameInvalid(path, shortName);
    }
    if (location !== undefined && refused(location, (given) => LOCATIONS.includes(given as string))) {
      throw alertLocationUnknown(path, location, LOCATIONS);
    }
    requireValidReceivers(path, this.receivers);
    const malformed = actionGroupIds.find((id) => refused(id, isActionGroupId));
    if (malformed !== undefined) {
      throw actionGroupIdMalformed(path, malformed);
    }
    if (Object.values(this.receivers).every((each) => each.length === 0) && actionGroupIds.length === 0) {
      throw nobodyIsTold(path);
    }
    this.requireTexts('serviceNames', this.props.serviceNames, SERVICE, SERVICE);
    this.requireTexts('regions', this.props.regions, 'all regions', 'Sweden Central');
  }

  private requireTexts(
    property: string,
    texts: readonly string[] | undefined,
    otherwise: string,
    example: string,
  ): void {
    if (texts === undefined || Token.isUnresolved(texts)) {
      return;
    }
    if (texts.length === 0) {
      throw listEmpty(this.node.path, property, otherwise);
    }
    const unreadable = texts.find((text) => refused(text, isText));
    if (unreadable !== undefined) {
      throw entryUnreadable(this.node.path, property, unreadable, example);
    }
  }
}

function unlessEmpty<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list;
}
