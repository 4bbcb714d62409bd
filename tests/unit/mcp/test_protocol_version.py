"""Tests of which revision of the protocol is spoken."""

import pytest
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS, MODERN_PROTOCOL_VERSIONS

from bot.mcp.json_rpc import INVALID_PARAMS, UNSUPPORTED_VERSION, McpError, Request
from bot.mcp.protocol_version import (
    CAPABILITIES_KEY,
    INITIALIZED,
    STATELESS,
    VERSION_KEY,
    is_stateless,
    negotiated,
)


def request(method="tools/list", **meta):
    return Request(1, method, {"_meta": meta})


def test_the_newest_revisions_of_the_official_client_are_spoken():
    assert INITIALIZED[-1] == HANDSHAKE_PROTOCOL_VERSIONS[-1]
    assert STATELESS[-1] == MODERN_PROTOCOL_VERSIONS[-1]


@pytest.mark.parametrize("version", INITIALIZED)
def test_the_requested_revision_is_used_if_it_is_supported(version):
    assert negotiated(version) == version


@pytest.mark.parametrize("version", ["2024-11-05", "2026-07-28", "", None, 7, ["2025-06-18"]])
def test_otherwise_the_newest_with_a_handshake_is_offered(version):
    assert negotiated(version) == INITIALIZED[-1]


def test_a_request_says_itself_that_it_is_stateless():
    assert is_stateless(request(**{VERSION_KEY: STATELESS[0], CAPABILITIES_KEY: {}}))


@pytest.mark.parametrize("meta", [{}, {"progressToken": 1}, {CAPABILITIES_KEY: {}}])
def test_a_request_that_names_no_revision_is_of_the_older_kind(meta):
    assert not is_stateless(request(**meta))


@pytest.mark.parametrize("params", [{}, {"_meta": None}, {"_meta": []}, {"_meta": "x"}])
def test_odd_metadata_names_no_revision(params):
    assert not is_stateless(Request(1, "tools/list", params))


def test_initialize_is_of_the_older_kind_whatever_its_metadata_say():
    assert not is_stateless(request("initialize", **{VERSION_KEY: STATELESS[0], CAPABILITIES_KEY: {}}))


@pytest.mark.parametrize("meta", [{VERSION_KEY: STATELESS[0]}, {VERSION_KEY: 7, CAPABILITIES_KEY: {}}])
def test_half_a_declaration_is_refused(meta):
    with pytest.raises(McpError) as refused:
        is_stateless(request(**meta))
    assert refused.value.code == INVALID_PARAMS


def test_an_unknown_revision_is_refused_with_those_there_are():
    with pytest.raises(McpError) as refused:
        is_stateless(request(**{VERSION_KEY: "2099-01-01" * 100, CAPABILITIES_KEY: {}}))
    assert refused.value.code == UNSUPPORTED_VERSION
    assert refused.value.data == {"supported": list(STATELESS), "requested": ("2099-01-01" * 10)}
