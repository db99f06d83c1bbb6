"""Filters that every test of the front knows, and the own fields that some of them ask for."""

FILTERS = [
    '{"field":"stage","op":"in","value":["lead","former"]}',
    '{"field":"stage","op":"not_in","value":["lead"]}',
    '{"field":"owner","op":"is_not","value":"me"}',
    '{"field":"owner","op":"empty"}',
    '{"field":"notes","op":"contains","value":"CAFE"}',
    '{"field":"notes","op":"not_contains","value":"%"}',
    '{"field":"display_name","op":"starts","value":"firma"}',
    '{"field":"billing_city","op":"is","value":"KÖLN"}',
    '{"field":"account_number","op":"between","value":[3,"9"]}',
    '{"field":"account_number","op":"empty"}',
    '{"field":"is_tax_exempt","op":"is","value":false}',
    '{"field":"tax_exempt_expires_on","op":"after","value":"2031-01-08"}',
    '{"field":"tax_exempt_expires_on","op":"not_empty"}',
    '{"field":"last_activity_at","op":"within","value":"this month"}',
    '{"field":"created_at","op":"before","value":"today"}',
    '{"or":[{"field":"created_at","op":"within","value":"last 30 days"},'
    '{"and":[{"field":"kind","op":"is","value":"person"},{"field":"owner","op":"is","value":"me"}]}]}',
]
OWN = [
    ("motto", "text", ["Zoë", "zoe b", "Ärger"]),
    ("size", "number", ["-1.5", "10", "9"]),
    ("price", "money", [{"amount": "1.25", "currency": "EUR"}, {"amount": "11", "currency": "USD"}]),
    ("day", "date", ["2026-01-31", "0999-12-31"]),
    ("moment", "datetime", ["2026-01-31T09:30:00Z", "2025-12-31T23:00:00Z"]),
    ("vip", "bool", [True, False]),
    ("tier", "select", ["opt_b", "opt_a"]),
    ("uses", "multi_select", [["opt_a"], ["opt_b", "opt_a"]]),
    ("exact__in", "text", ["x"]),
]
OWN_FILTERS = [
    '{"field":"custom.motto","op":"contains","value":"zoe"}',
    '{"field":"custom.motto","op":"not_in","value":["Zoë"]}',
    '{"field":"custom.size","op":"lt","value":"9.5"}',
    '{"field":"custom.price","op":"between","value":[1,2]}',
    '{"field":"custom.price.currency","op":"is_not","value":"usd"}',
    '{"field":"custom.day","op":"before","value":"today"}',
    '{"field":"custom.moment","op":"after","value":"2026-01-01T00:00:00Z"}',
    '{"field":"custom.vip","op":"is","value":false}',
    '{"field":"custom.tier","op":"in","value":["opt_a","opt_b"]}',
    '{"field":"custom.uses","op":"is_not","value":"opt_b"}',
    '{"field":"custom.uses","op":"empty"}',
    '{"or":[{"field":"custom.exact__in","op":"not_empty"},{"field":"stage","op":"is","value":"lead"}]}',
]
WRONG_FILTERS = ["{", '{"field":"stage"}', '{"field":"x","op":"is","value":1}', '{"and":[]}', "\ud800"]
