/* Stand-ins for NVIDIA's libraries: the functions that the probe calls, answering from variables.
 *
 * They prove that answers are read and told correctly. They compute nothing: no test may claim that
 * an operation ran on them. Compiled four times, with one of CUDA, NVML, CUDART, CUDNN defined.
 *
 * STANDIN_CRASH, STANDIN_HANG, STANDIN_EXIT   the name of a function that does so,
 *                    or `load`
 * STANDIN_DRIVER     version of the driver, "550.54.14"
 * STANDIN_CUDA       the highest CUDA of the driver, 12040
 * STANDIN_NVML       code of nvmlInit_v2
 * STANDIN_CUINIT     code of cuInit
 * STANDIN_DEVICES    number of GPUs (1)
 * STANDIN_CC         compute capability of all of them, 90
 * STANDIN_MIG        MIG mode (0, 1; unset: NotSupported), STANDIN_INSTANCES its instances
 * STANDIN_LOST       number of the device that has fallen off the bus
 * STANDIN_CUDART     version of the runtime, 12050; STANDIN_CUDNN of cuDNN, 90300
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int number(const char *name, int otherwise) {
    const char *text = getenv(name);
    return text && *text ? atoi(text) : otherwise;
}

static const char *text(const char *name, const char *otherwise) {
    const char *found = getenv(name);
    return found && *found ? found : otherwise;
}

static void enter(const char *function) {
    if (!strcmp(text("STANDIN_CRASH", ""), function)) abort();
    if (!strcmp(text("STANDIN_EXIT", ""), function)) _exit(0);
    while (!strcmp(text("STANDIN_HANG", ""), function)) sleep(1);
}

__attribute__((constructor)) static void loaded(void) { enter("load"); }

static int devices(void) { return number("STANDIN_DEVICES", 1); }

/* Of CUDA_VISIBLE_DEVICES only what the tests use: unset, empty, and one number. */
static int visible(void) {
    const char *chosen = getenv("CUDA_VISIBLE_DEVICES");
    if (!chosen) return devices();
    if (!*chosen) return 0;
    return atoi(chosen) >= 0 && atoi(chosen) < devices() ? 1 : 0;
}

#ifdef CUDA
int cuDriverGetVersion(int *version) {
    enter("cuDriverGetVersion");
    *version = number("STANDIN_CUDA", 12040);
    return 0;
}

int cuInit(unsigned flags) {
    enter("cuInit");
    int code = number("STANDIN_CUINIT", 0);
    return code ? code : visible() ? 0 : 100;
}

int cuGetErrorName(int code, const char **name) {
    switch (code) {
    case 34: *name = "CUDA_ERROR_STUB_LIBRARY"; return 0;
    case 100: *name = "CUDA_ERROR_NO_DEVICE"; return 0;
    case 803: *name = "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH"; return 0;
    }
    return 1;
}

int cuDeviceGetCount(int *count) {
    enter("cuDeviceGetCount");
    *count = visible();
    return 0;
}

int cuDeviceGet(int *device, int ordinal) {
    *device = ordinal;
    return ordinal < visible() ? 0 : 101;
}

int cuDeviceGetAttribute(int *value, int attribute, int device) {
    enter("cuDeviceGetAttribute");
    int capability = number("STANDIN_CC", 90);
    *value = attribute == 75 ? capability / 10 : capability % 10;
    return attribute == 75 || attribute == 76 ? 0 : 1;
}

int cuDeviceTotalMem_v2(size_t *bytes, int device) {
    *bytes = (size_t)16 << 30;
    return 0;
}

int cuDeviceGetName(char *name, int length, int device) {
    snprintf(name, length, "Stand-in GPU");
    return 0;
}
#endif

#ifdef NVML
int nvmlInit_v2(void) {
    enter("nvmlInit_v2");
    return number("STANDIN_NVML", 0);
}

/* The way of nvidia-ml-py. */
int nvmlInitWithFlags(unsigned flags) { return nvmlInit_v2(); }

const char *nvmlErrorString(int code) { return "an error of the stand-in"; }

int nvmlShutdown(void) { return 0; }

int nvmlSystemGetDriverVersion(char *version, unsigned length) {
    snprintf(version, length, "%s", text("STANDIN_DRIVER", "550.54.14"));
    return 0;
}

int nvmlSystemGetCudaDriverVersion_v2(int *version) {
    *version = number("STANDIN_CUDA", 12040);
    return 0;
}

int nvmlDeviceGetCount_v2(unsigned *count) {
    *count = devices();
    return 0;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **handle) {
    *handle = (void *)(size_t)(index + 1);
    return (int)index == number("STANDIN_LOST", -1) ? 15 : 0;
}

int nvmlDeviceGetName(void *handle, char *name, unsigned length) {
    enter("nvmlDeviceGetName");
    snprintf(name, length, "Stand-in GPU %d", (int)(size_t)handle - 1);
    return 0;
}

int nvmlDeviceGetCudaComputeCapability(void *handle, int *major, int *minor) {
    int capability = number("STANDIN_CC", 90);
    *major = capability / 10;
    *minor = capability % 10;
    return 0;
}

int nvmlDeviceGetMemoryInfo(void *handle, unsigned long long *memory) {
    memory[0] = 16ULL << 30;
    memory[1] = 12ULL << 30;
    memory[2] = 4ULL << 30;
    return 0;
}

int nvmlDeviceGetMigMode(void *handle, unsigned *now, unsigned *later) {
    if (!getenv("STANDIN_MIG")) return 3;
    *now = *later = number("STANDIN_MIG", 0);
    return 0;
}

int nvmlDeviceGetMaxMigDeviceCount(void *handle, unsigned *count) {
    *count = 7;
    return 0;
}

int nvmlDeviceGetMigDeviceHandleByIndex(void *handle, unsigned index, void **instance) {
    if ((int)index >= number("STANDIN_INSTANCES", 0)) return 6;
    *instance = handle;
    return 0;
}
#endif

#ifdef CUDART
int cudaRuntimeGetVersion(int *version) {
    enter("cudaRuntimeGetVersion");
    *version = number("STANDIN_CUDART", 12050);
    return 0;
}

int cudaDriverGetVersion(int *version) {
    *version = number("STANDIN_CUDA", 12040);
    return 0;
}

int cudaGetDeviceCount(int *count) {
    int code = number("STANDIN_CUINIT", 0);
    *count = visible();
    return number("STANDIN_CUDA", 12040) / 1000 < number("STANDIN_CUDART", 12050) / 1000 ? 35 : code;
}
#endif

#ifdef CUDNN
size_t cudnnGetVersion(void) {
    enter("cudnnGetVersion");
    return number("STANDIN_CUDNN", 90300);
}

size_t cudnnGetCudartVersion(void) { return number("STANDIN_CUDART", 12050); }
#endif
