/* Stands in for libcuda.so.1: writes down what CUDA_VISIBLE_DEVICES is when the driver starts. */
#include <stdio.h>
#include <stdlib.h>

enum { SUCCESS = 0, NO_DEVICE = 100 };

int cuInit(unsigned flags)
{
    const char *visible = getenv("CUDA_VISIBLE_DEVICES");
    const char *path = getenv("DRIVER_LOG");
    FILE *log = path ? fopen(path, "a") : NULL;
    (void)flags;
    if (log) {
        fprintf(log, "%s\n", visible ? visible : "unset");
        fclose(log);
    }
    return NO_DEVICE;
}

int cuDriverGetVersion(int *version)
{
    *version = 13000;
    return SUCCESS;
}

int cuDeviceGetCount(int *count)
{
    *count = 0;
    return SUCCESS;
}

int cuGetErrorName(int error, const char **name)
{
    (void)error;
    *name = "CUDA_ERROR_NO_DEVICE";
    return SUCCESS;
}

int cuGetErrorString(int error, const char **text)
{
    (void)error;
    *text = "no CUDA-capable device is detected";
    return SUCCESS;
}
