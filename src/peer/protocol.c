/* protocol.c - the smallest protocol driver: it binds to adapters and knows no connections. */
#include "peer/peer_impl.h"

static struct cn_peer_protocol self;

static VOID NTAPI unload(PDRIVER_OBJECT driver)
{
    UNREFERENCED_PARAMETER(driver);
    NdisDeregisterProtocolDriver(self.handle);
}

static NTSTATUS NTAPI entry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(path);
    return cn_peer_protocol_start(&self, driver, unload, L"CONDISPROTOCOL");
}

const struct cn_peer cn_peer_protocol = {"condis protocol", entry};
