"""The rule groups that AWS keeps, with what each costs of a web ACL's capacity."""

from __future__ import annotations

from collections.abc import Mapping

# AWS: «AWS Managed Rules rule groups list», WAF developer guide; per general knowledge, not verified against AWS.
AWS: Mapping[str, int] = {
    "AWSManagedRulesACFPRuleSet": 50,
    "AWSManagedRulesATPRuleSet": 50,
    "AWSManagedRulesAdminProtectionRuleSet": 100,
    "AWSManagedRulesAmazonIpReputationList": 25,
    "AWSManagedRulesAnonymousIpList": 50,
    "AWSManagedRulesAntiDDoSRuleSet": 50,
    "AWSManagedRulesBotControlRuleSet": 50,
    "AWSManagedRulesCommonRuleSet": 700,
    "AWSManagedRulesKnownBadInputsRuleSet": 200,
    "AWSManagedRulesLinuxRuleSet": 200,
    "AWSManagedRulesPHPRuleSet": 100,
    "AWSManagedRulesSQLiRuleSet": 200,
    "AWSManagedRulesUnixRuleSet": 100,
    "AWSManagedRulesWindowsRuleSet": 200,
    "AWSManagedRulesWordPressRuleSet": 100,
}
