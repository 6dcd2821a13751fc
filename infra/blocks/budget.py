"""What the account may cost in a month, and who hears of it."""

from aws_cdk import aws_budgets as budgets
from constructs import Construct

from infra.deployment import Deployment

SPENT_PERCENT, FORECAST_PERCENT = 80, 100


class Budget(Construct):
    """Of the whole account: a tag counts towards a budget only where somebody activated it for cost allocation, and
    who forgot would never hear of anything.
    """

    def __init__(self, scope: Construct, *, deployment: Deployment) -> None:
        super().__init__(scope, "Budget")
        if not deployment.budget_usd:
            return
        hear = [
            budgets.CfnBudget.SubscriberProperty(subscription_type="EMAIL", address=mail)
            for mail in deployment.morning.mails
        ]
        budgets.CfnBudget(
            self,
            "Month",
            budget=budgets.CfnBudget.BudgetDataProperty(
                budget_name=deployment.stack_name,
                budget_type="COST",
                time_unit="MONTHLY",
                budget_limit=budgets.CfnBudget.SpendProperty(amount=deployment.budget_usd, unit="USD"),
            ),
            notifications_with_subscribers=[
                budgets.CfnBudget.NotificationWithSubscribersProperty(
                    notification=budgets.CfnBudget.NotificationProperty(
                        notification_type=kind,
                        comparison_operator="GREATER_THAN",
                        threshold=percent,
                        threshold_type="PERCENTAGE",
                    ),
                    subscribers=hear,
                )
                for kind, percent in (("ACTUAL", SPENT_PERCENT), ("FORECASTED", FORECAST_PERCENT))
            ],
        )
