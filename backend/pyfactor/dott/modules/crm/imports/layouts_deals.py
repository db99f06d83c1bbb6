"""Deals and opportunities in the exports of HubSpot, Salesforce, Pipedrive and Zoho CRM."""

from __future__ import annotations

from .layout_shape import Layout, all_to, headers

DEAL_LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "hubspot",
        (headers("Record ID|Deal Name|Deal Stage"),),
        {
            "Record ID": "external_id",
            "Deal Name": "name",
            "Deal Stage": "stage",
            "Pipeline": "pipeline",
            "Amount": "amount",
            "Currency": "currency",
            "Deal probability": "probability",
            "Next step": "next_step",
            "Deal Description": "description",
            "Closed Lost Reason": "lost_reason",
            "Close Date": "expected_close_on",
            "Original Source Type": "source",
            **all_to("Deal owner|Deal Type|Priority|Create Date|Last Activity Date", "description"),
            **all_to("Associated Contact IDs|Amount in company currency|Associated Deal IDs", None),
        },
        (
            (all_to("Associated Company", "customer"), all_to("Associated Company (Primary)", "customer")),
            (
                all_to("Associated Company IDs", "customer_external_id"),
                all_to("Associated Company IDs (Primary)", "customer_external_id"),
            ),
            (all_to("Associated Contact", "contact"), all_to("Associated Contact (Primary)", "contact")),
        ),
        entity="deal",
    ),
    Layout(
        "salesforce",
        (headers("Id|AccountId|Name|StageName|CloseDate"),),
        {
            "Id": "external_id",
            "AccountId": "customer_external_id",
            "Name": "name",
            "StageName": "stage",
            "Amount": "amount",
            "CurrencyIsoCode": "currency",
            "Probability": "probability",
            "CloseDate": "expected_close_on",
            "LeadSource": "source",
            "NextStep": "next_step",
            "Description": "description",
            **all_to("Type|CreatedDate|ForecastCategoryName|CampaignId", "description"),
            **all_to(
                "IsDeleted|IsPrivate|ExpectedRevenue|TotalOpportunityQuantity|IsClosed|IsWon|ForecastCategory"
                "|HasOpportunityLineItem|Pricebook2Id|OwnerId|CreatedById|LastModifiedDate|LastModifiedById"
                "|SystemModstamp|LastActivityDate|PushCount|LastStageChangeDate|FiscalQuarter|FiscalYear"
                "|Fiscal|ContactId|LastViewedDate|LastReferencedDate|HasOpenActivity|HasOverdueTask"
                "|LastAmountChangedHistoryId|LastCloseDateChangedHistoryId",
                None,
            ),
        },
        entity="deal",
    ),
    Layout(
        "salesforce",
        (headers("Opportunity Name|Account Name|Stage|Close Date"),),
        {
            "Opportunity ID": "external_id",
            "Opportunity Name": "name",
            "Account Name": "customer",
            "Stage": "stage",
            "Amount": "amount",
            "Amount Currency": "currency",
            "Probability (%)": "probability",
            "Close Date": "expected_close_on",
            "Lead Source": "source",
            "Next Step": "next_step",
            **all_to("Opportunity Owner|Owner Role|Type|Age|Created Date|Fiscal Period", "description"),
        },
        entity="deal",
    ),
    Layout(
        "pipedrive",
        (headers("Deal - Title|Deal - Stage"), headers("Deal - ID|Deal - Title")),
        {
            "Deal - ID": "external_id",
            "Deal - Title": "name",
            "Deal - Organization": "customer",
            "Deal - Contact person": "contact",
            "Deal - Pipeline": "pipeline",
            "Deal - Stage": "stage",
            "Deal - Status": "outcome",
            "Deal - Value": "amount",
            "Deal - Currency of Value": "currency",
            "Deal - Currency": "currency",
            "Deal - Probability": "probability",
            "Deal - Expected close date": "expected_close_on",
            "Deal - Lost reason": "lost_reason",
            "Deal - Source origin": "source",
            **all_to("Deal - Owner|Deal - Label|Deal - Labels|Deal - Deal created", "description"),
        },
        ((all_to("Deal - Deal closed on", "closed_at"), all_to("Deal - Won time", "closed_at")),),
        entity="deal",
    ),
    Layout(
        "zoho",
        (headers("Record Id|Deal Name|Stage"), headers("Record Id|Deal Owner.id|Deal Name")),
        {
            "Record Id": "external_id",
            "Deal Name": "name",
            "Account Name": "customer",
            "Account Name.id": "customer_external_id",
            "Contact Name": "contact",
            "Pipeline": "pipeline",
            "Stage": "stage",
            "Amount": "amount",
            "Currency": "currency",
            "Probability": "probability",
            "Probability (%)": "probability",
            "Closing Date": "expected_close_on",
            "Lead Source": "source",
            "Next Step": "next_step",
            "Reason For Loss": "lost_reason",
            "Description": "description",
            **all_to("Deal Owner|Type|Campaign Source|Tag|Created Time", "description"),
            **all_to(
                "Deal Owner.id|Contact Name.id|Campaign Source.id|Created By.id|Modified By.id|Created By"
                "|Modified By|Modified Time|Last Activity Time|Expected Revenue|Exchange Rate|Layout.id"
                "|Layout|Locked|Record Image|Lead Conversion Time|Sales Cycle Duration"
                "|Overall Sales Duration",
                None,
            ),
        },
        entity="deal",
    ),
)
