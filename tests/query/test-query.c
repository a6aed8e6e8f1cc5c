#include "query/query.h"
int main(void){return 0;}
